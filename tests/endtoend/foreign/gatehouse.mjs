// SPDX-License-Identifier: GPL-3.0-or-later
// The program under test as these tests see it: a child process, its first line, its end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const program = process.env.GATEHOUSE;
assert.ok(program, 'GATEHOUSE names the executable to test');

// A home of its own: the settings of whoever runs the tests play no part, and none are left behind.
const home = mkdtempSync(join(tmpdir(), 'gatehouse-endtoend-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

export function environment(more = {}) {
  const { MCP_URL, MCP_USE_OAUTH_WORKOS_SUBDOMAIN, WORKOS_API_KEY, ...inherited } = process.env;
  return { ...inherited, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data'),
           QT_QPA_PLATFORM: 'offscreen', ...more };
}

function collect(stream) {
  const text = { value: '' };
  stream.setEncoding('utf8');
  stream.on('data', (part) => { text.value += part; });
  return text;
}

/** Runs the program to its end: { code, stdout, stderr }. */
export async function run(args, { env = {}, timeout = 30_000 } = {}) {
  const child = spawn(program, args, { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'], timeout });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [code, signal] = await once(child, 'close');
  assert.equal(signal, null, `${args.join(' ')} did not end by itself\n${stdout.value}${stderr.value}`);
  return { code, stdout: stdout.value, stderr: stderr.value };
}

/** Starts `gatehouse sandbox` on a free port and waits until it listens. */
export async function sandbox(args = []) {
  const child = spawn(program, ['sandbox', '--port', '0', ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr = collect(child.stderr);
  const ended = once(child, 'close');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]) => { throw new Error(`sandbox ended with ${code}\n${stderr.value}`); }),
  ]);
  const issuer = line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
  assert.ok(issuer, line);
  return {
    issuer,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      assert.equal(code, 0, stderr.value);
    },
  };
}

/** Starts `gatehouse serve` on free ports and waits until it listens. */
export async function serve(args = [], { env = {} } = {}) {
  const child = spawn(program, ['serve', '--port', '0', '--sandbox-port', '0', '--json', ...args],
                      { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const stderr = collect(child.stderr);
  const lines = createInterface({ input: child.stdout });
  const events = [];

  const listening = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`serve did not listen in 30 s\n${stderr.value}`)), 30_000);
    lines.on('line', (line) => {
      events.push(JSON.parse(line));
      if (events.at(-1).event === 'listening') {
        clearTimeout(late);
        resolve(events.at(-1));
      }
    });
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`serve ended with ${code} before it listened\n${stderr.value}`));
    });
  }).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  assert.equal(listening.pid, child.pid);

  return {
    ...listening,
    events,
    stderr: () => stderr.value,
    /** Ends it as a person or a service manager does, and expects that it goes in peace. */
    async stop() {
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const [code, signal] = await ended;
      clearTimeout(forced);
      assert.equal(signal, null, `serve had to be killed\n${stderr.value}`);
      assert.equal(code, 0, `serve ended with ${code}\n${stderr.value}`);
    },
  };
}

/** Runs `steps` against a running server, and stops it whatever happens. */
export async function withServer(args, steps) {
  const server = await serve(args);
  let failed = true;
  try {
    await steps(server);
    failed = false;
  } catch (error) {
    console.error(`--- what the server said\n${JSON.stringify(server.events, null, 1)}\n${server.stderr()}`);
    throw error;
  } finally {
    await server.stop().catch((error) => {
      if (!failed)
        throw error;
      console.error(error.message);
    });
  }
}

/** One 2025 JSON-RPC request without a session: enough for checks on the way in. */
export function post(url, message, headers = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(message),
  });
}

export const initialize = {
  jsonrpc: '2.0', id: 1, method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'endtoend', version: '1' } },
};
