// SPDX-License-Identifier: GPL-3.0-or-later
// clientconformance.mjs REVISION|backcompat: runs the official suite's scenarios for clients against ours, by clientadapter.mjs. What
// has to pass is written here; it only grows.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [what] = process.argv.slice(2);
const suite = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

const scored = { '2025-11-25': 18, '2026-07-28': 32, backcompat: 2 }[what];
const chosen = what === 'backcompat' ? ['--suite', what] : ['--requirements', what];

const out = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
const run = spawn(process.execPath,
  [suite, 'client', '--command', `${process.execPath} ${join(import.meta.dirname, 'clientadapter.mjs')}`, ...chosen, '-o', out],
  { stdio: ['ignore', 'pipe', 'inherit'], timeout: 200_000 });
let text = '';
run.stdout.setEncoding('utf8').on('data', (part) => { text += part; });
await once(run, 'close');
rmSync(out, { recursive: true });
const summary = text.slice(text.lastIndexOf('=== SUITE SUMMARY ==='));
const beside = new Set([...summary.matchAll(/^ {2}[✓✗] (\S+) \(/gm)].map(([, name]) => name));
const counting = [...summary.matchAll(/^([✓✗]) ([^:\n]+): /gm)].filter(([, , name]) => !beside.has(name));
const failed = counting.filter(([, sign]) => sign !== '✓').map(([, , name]) => name);
console.log(`${what}: ${counting.length - failed.length} of ${counting.length} scored scenarios pass`);
assert.equal(counting.length, scored, summary);
assert.deepEqual(failed, [], text);
// Of what counts for nobody's score: extensions, and what is newer than the revision.
const unscored = [...summary.matchAll(/^ {2}([✓✗]) (\S+) \(/gm)];
assert.deepEqual(unscored.filter(([, sign]) => sign !== '✓').map(([, , name]) => name), [], text);
assert.match(summary, / 0 warnings/);
