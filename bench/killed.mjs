// SPDX-License-Identifier: GPL-3.0-or-later
// killed.mjs [TIMES]: kills a server that records under full load, and looks for what it had answered. Of each
// answer that it printed a quarter of a second before its end, the row must be in the session file.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const bin = join(import.meta.dirname ?? '.', '../build/release/bin');
const times = Number(process.argv[2] ?? 50);
const folder = mkdtempSync(join(tmpdir(), 'killed-'));
let looked = 0;
let youngest = 0;
try {
  for (let i = 0; i < times; ++i) {
    const file = join(folder, `${i}.gatehouse`);
    const server = spawn(join(bin, 'gatehouse'), ['serve', '--port', '0', '--json', '--record', file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: server.stdout });
    const [first] = await once(lines, 'line');
    const ready = JSON.parse(first);
    const printed = new Map(); // Id → when it ended.
    lines.on('line', (line) => {
      if (!line.endsWith('}'))
        return; // The last one, which the end cut off.
      const one = JSON.parse(line);
      if (one.event === 'exchange')
        printed.set(one.id, Date.parse(one.time) + one.tookMs);
    });
    const token = execFileSync(join(bin, 'gatehouse'), ['token', '--issuer', ready.issuer, '--resource', ready.mcp], { encoding: 'utf8' }).trim();
    const load = spawn(join(bin, 'bench_load'), [ready.mcp, '1000000', '16', '0', '0', token], { stdio: 'ignore' });
    await sleep(500 + Math.random() * 1500);
    server.kill('SIGKILL');
    const killed = Date.now();
    await once(server, 'exit');
    load.kill('SIGKILL');
    await sleep(50); // What is still in the pipe.
    const there = new Set(execFileSync(join(bin, 'gatehouse'), ['export', file, '--filter', '-is:sandbox'], { encoding: 'utf8', maxBuffer: 1 << 30 })
      .split('\n').filter(Boolean).map((line) => JSON.parse(line).id));
    const missing = [...printed].filter(([id]) => !there.has(id)).map(([, ended]) => killed - ended);
    youngest = Math.max(youngest, ...missing, 0);
    looked += [...printed.values()].filter((ended) => killed - ended >= 250).length;

    assert.deepEqual(missing.filter((age) => age >= 250), [], `round ${i}`);
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`killed ${times} times: of ${looked} calls that had ended a quarter of a second before, all are there`);
console.log(`the oldest that is missing had ended ${Math.round(youngest)} ms before`);
