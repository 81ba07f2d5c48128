// SPDX-License-Identifier: GPL-3.0-or-later
// The official SDK's example servers: streams that are closed for polling, questions, tasks, log messages, a sign-in of
// its own making, and the transport that was replaced.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { environment, program, run } from './gatehouse.mjs';

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Starts an example and waits until it listens at so many ports. */
async function example(name, { args = [], env = {}, listeners = 1 } = {}) {
  const folder = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server');
  const child = spawn(process.execPath,
    ['--import', join(import.meta.dirname, 'anyport.mjs'), join(folder, `${name}.js`), ...args],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const said = [];
  const ports = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} does not listen\n${said.join('\n')}`)), 20_000);
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const all = said.map((one) => one.match(/^listens on (\d+)$/)?.[1]).filter(Boolean);
        if (all.length < listeners)
          return;
        clearTimeout(late);
        resolve(all.map(Number));
      });
  });
  return {
    url: `http://localhost:${ports[0]}/mcp`, ports, said,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
      await ended;
    },
  };
}

async function withExample(name, options, steps) {
  const server = await example(name, options);
  try {
    await steps(server);
  } finally {
    await server.stop();
  }
}

const told = ({ stderr }) => stderr.split('\n').filter((line) => line && !line.includes('No keyring')).join('\n');

/** Example, arguments behind the address, what comes out, what is told on the way. */
const calls = [
  ['simpleStreamableHttp', ['call', 'greet', '{"name":"Ada"}'], /^Hello, Ada!$/m],
  ['simpleStreamableHttp', ['call', 'multi-greet', '{"name":"Ada"}'], /^Good morning, Ada!$/m, /info: Sending first greeting/],
  ['simpleStreamableHttp', ['call', 'start-notification-stream', '{"interval":20,"count":3}'], /periodic/, /notification #3/],
  ['simpleStreamableHttp', ['call', 'collect-user-info', '{"infoType":"contact"}', '--answer', '{"name":"Ada","email":"ada@example.com"}'],
    /Ada/, /Accepted with/],
  ['simpleStreamableHttp', ['call', 'list-files'], /resource_link file:\/\/\/example\/file1\.txt/],
  ['simpleStreamableHttp', ['call', 'delay', '{"duration":200}'], /Completed 200ms delay/, /The task is completed/],
  ['simpleStreamableHttp', ['resources', 'https://example.com/greetings/default'], /Hello, world/],
  ['simpleStreamableHttp', ['prompts', 'greeting-template', '{"name":"Ada"}'], /Ada/],
  ['ssePollingExample', ['call', 'long-task'], /Long task completed/],
  ['elicitationFormExample', ['call', 'register_user', '--answer',
    '{"username":"ada1","email":"ada@example.com","password":"longenough1","newsletter":true}'],
    /Registration successful/, /"password":"…"/],
  ['elicitationFormExample', ['call', 'create_event', '--answer', 'decline'], /cancelled/, /Declined/],
  ['simpleTaskInteractive', ['call', 'confirm_delete', '{"filename":"a.txt"}', '--answer', '{"confirm":true}'],
    /Deleted 'a\.txt'/, /The task is input_required/],
  ['simpleTaskInteractive', ['call', 'write_haiku', '{"topic":"gates"}', '--answer',
    '{"role":"assistant","model":"m","content":{"type":"text","text":"An old silent gate"}}'], /An old silent gate/],
  ['jsonResponseStreamableHttp', ['call', 'greet', '{"name":"Ada"}'], /Hello, Ada!/],
  ['simpleStatelessStreamableHttp', ['tools'], /start-notification-stream/],
  ['sseAndStreamableHttpCompatibleServer', ['tools'], /start-notification-stream/],
  ['standaloneSseWithGetStreamableHttp', ['resources'], /example-resource/],
];

const examples = [...new Set(calls.map(([name]) => name))];
test('calls on the official examples', { concurrency: 2 }, (all) => Promise.all(examples.map((name) =>
  all.test(name, () => withExample(name, {}, async ({ url }) => {
    for (const [, [command, ...more], result, way] of calls.filter((one) => one[0] === name)) {
      const came = await run([command, url, ...more]);
      assert.equal(came.code, 0, came.stdout + came.stderr);
      assert.match(came.stdout, result);
      if (way)
        assert.match(told(came), way);
    }
  })))));

/** What is known of a call is that it began: nobody sends it again. */
const killed = [
  ['simpleStreamableHttp', ['start-notification-stream', '{"interval":50,"count":100}'], /notification #2/],
  ['simpleStreamableHttp', ['delay', '{"duration":60000}'], /The task is working/],
];
test('servers that are killed in the middle of a call', { concurrency: true }, (all) => Promise.all(killed.map(([name, more, sign]) =>
  all.test(`${name}: ${more[0]}`, () => withExample(name, {}, async (server) => {
    const child = spawn(program, ['call', server.url, ...more, '--no-keyring'],
                        { env: environment(), stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
    let errors = '';
    let isKilled = false;
    child.stderr.setEncoding('utf8').on('data', (part) => {
      errors += part;
      if (sign.test(errors) && !isKilled) {
        isKilled = true;
        void server.stop('SIGKILL');
      }
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 4, errors);
    assert.match(errors, /may have had its effect/);
  })))));

test('the transport that was replaced is called by its name', () => withExample('simpleSseServer', {}, async ({ url }) => {
  const came = await run(['tools', url]);
  assert.equal(came.code, 5, came.stderr);
  assert.match(came.stderr, /HTTP\+SSE/);
}));

/** Its authorization server registers, asks nobody, and gives tokens that the MCP server has introspected. */
test('the example with a sign-in of its own', async () => {
  const [mcp, issuer] = [await freePort(), await freePort()];
  await withExample('simpleStreamableHttp',
    { args: ['--oauth'], env: { KEEP_PORTS: '1', MCP_PORT: String(mcp), MCP_AUTH_PORT: String(issuer) }, listeners: 2 },
    async ({ said }) => {
      const came = await run(['call', `http://localhost:${mcp}/mcp`, 'greet', '{"name":"Ada"}', '--browser', 'none']);
      assert.equal(came.code, 0, came.stderr + said.join('\n'));
      assert.match(came.stdout, /^Hello, Ada!$/m);
      assert.match(told(came), /Client identity: done[^]*Exchange the code: done/);
    });
});
