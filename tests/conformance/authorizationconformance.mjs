// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the official suite's scenarios for authorization servers against the sandbox: what it says of itself, and a whole grant with
// a browser's part played here. Without a warning.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { sandbox } from './gatehouse.mjs';

const suite = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** Free a moment ago: the suite wants a number. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const issuing = await sandbox(['--auto-sign-in', 'ada@example.com']);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
const port = await freePort();
const registration = await fetch(`${issuing.issuer}/oauth2/register`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ client_name: 'conformance', redirect_uris: [`http://127.0.0.1:${port}/callback`],
                         token_endpoint_auth_method: 'none' }),
});
const { client_id: clientId } = await registration.json();
const file = join(folder, 'server.json');
writeFileSync(file, JSON.stringify({ url: issuing.issuer, clientId }));

const run = spawn(process.execPath, [suite, 'authorization', '--file', file, '-p', String(port), '-o', join(folder, 'results')],
                  { stdio: ['ignore', 'pipe', 'inherit'], timeout: 120_000 });
let text = '';
let address;
for await (const line of createInterface({ input: run.stdout })) {
  text += `${line}\n`;
  address ??= line.match(/http:\/\/127\.0\.0\.1:\d+\/oauth2\/authorize\?\S+/)?.[0];
  if (address && line.startsWith('Callback server started')) await fetch(address); // Redirects lead to the suite.
}
if (run.exitCode === null) await once(run, 'close');
await issuing.stop();
const results = join(folder, 'results');
const checks = readdirSync(results).flatMap((one) => JSON.parse(readFileSync(join(results, one, 'checks.json'), 'utf8')));
rmSync(folder, { recursive: true });
console.log(text.slice(text.lastIndexOf('✓ authorization-server')).trim());
assert.equal(run.exitCode, 0, text);
assert.equal((text.match(/^✓ .*: [1-9]\d* passed, 0 failed$/gm) ?? []).length, 2, text);
assert.ok(checks.length >= 3);
assert.deepEqual(checks.filter(({ status }) => status !== 'SUCCESS' && status !== 'INFO'), [], text);
