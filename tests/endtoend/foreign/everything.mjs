// SPDX-License-Identifier: GPL-3.0-or-later
// The official server of everything: `gatehouse call` calls each of its tools, tasks and questions included, and leaves
// it in the middle of one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
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

async function everything() {
  const port = await freePort();
  const child = spawn(process.execPath,
    [join(import.meta.dirname, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js'), 'streamableHttp'],
    { env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const said = [];
  const waiting = new Set();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      for (const look of waiting)
        look();
    });
  const saw = (words) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`never said: ${words}\n${said.join('\n')}`)), 20_000);
    const look = () => {
      if (!said.some((line) => line.includes(words)))
        return;
      clearTimeout(late);
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });
  await saw('listening on port');
  return {
    url: `http://127.0.0.1:${port}/mcp`, saw,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
      await ended;
    },
  };
}

async function withEverything(steps) {
  const server = await everything();
  try {
    await steps(server);
  } finally {
    await server.stop();
  }
}

/** What the call said on stderr, without a word about the keyring that is not there. */
const told = (result) => result.stderr.split('\n').filter((line) => line && !line.includes('No keyring'))
  .map((line) => line.replace(/^gatehouse: /, ''));

/** Tool, arguments, more options, what the answer and what is told on the way must say. */
const calls = [
  ['echo', { message: 'größe' }, [], /^Echo: größe$/m],
  ['get-sum', { a: 1, b: 2.5 }, [], /3\.5/],
  ['get-env', {}, [], /"PORT"/],
  ['get-tiny-image', {}, [], /image\/png/],
  ['get-annotated-message', { messageType: 'error', includeImage: true }, [], /Operation failed[^]*image\/png/],
  ['get-resource-links', { count: 2 }, [], /(resource_link[^]*){2}/],
  ['get-resource-reference', { resourceType: 'Text', resourceId: 1 }, [], /resource/],
  ['get-structured-content', { location: 'Chicago' }, [], /"conditions"/],
  ['gzip-file-as-resource', { name: 'x.gz', data: 'data:text/plain;base64,aGVsbG8=', outputType: 'resourceLink' }, [], /resource_link/],
  ['toggle-simulated-logging', {}, [], /Started/, /^(\w+: [^]*-level message[^]*)?$/],
  ['toggle-subscriber-updates', {}, [], /Started/],
  ['trigger-long-running-operation', { duration: 0.4, steps: 2 }, [], /completed/, /^Progress 1 of 2[^]*Progress 2 of 2$/m],
  ['simulate-research-query', { topic: 'doors' }, [], /Research Report: doors/,
    /^The task is working: Gathering[^]*The task is completed/m],
  ['simulate-research-query', { topic: 'python', ambiguous: true }, ['--answer', '{"interpretation":"technical"}'],
    /technical/i, /The task is input_required[^]*The server asks[^]*Accepted with/],
  ['trigger-elicitation-request', {}, ['--answer', '{"name":"Ada"}'], /Name: Ada/, /Accepted with \{"name":"Ada"\}/],
  ['trigger-elicitation-request', {}, ['--answer', 'decline'], /declined/i, /Declined\./],
  ['trigger-elicitation-request', {}, ['--answer', 'accept'], /declin/i, /Declined: The field "name" has to be filled in\./],
  ['trigger-sampling-request', { prompt: 'Hi' }, ['--answer', '{"text":"hello"}'], /hello/, /user: .*Hi/],
  ['get-roots-list', {}, ['--answer', 'accept'], /no roots/, /Which folders may it see\? – None\./],
];

test('every tool of it', { concurrency: 4 }, (all) => withEverything(({ url }) => Promise.all(calls.map(
  ([tool, args, more, answer, way]) => all.test([tool, ...more].join(' '), async () => {
    const result = await run(['call', url, tool, JSON.stringify(args), ...more], { timeout: 60_000 });
    assert.equal(result.code, 0, result.stdout + result.stderr);
    assert.match(result.stdout, answer);
    if (way)
      assert.match(told(result).join('\n'), way);
    else
      assert.deepEqual(told(result), []);
  })))));

test('its lists, and one of each', () => withEverything(async ({ url }) => {
  const lines = async (...args) => {
    const result = await run(args);
    assert.equal(result.code, 0, result.stdout + result.stderr);
    return result.stdout;
  };
  assert.match(await lines('tools', url), /^get-sum – Get Sum Tool\n {2}Returns the sum.*\n {4}a: number, required – First number$/m);
  const tool = JSON.parse(await lines('tools', url, 'get-sum', '--json'));
  assert.deepEqual(tool.inputSchema.required, ['a', 'b']);
  assert.equal(JSON.parse(await lines('tools', url, '--json')).tools.length, 13);
  assert.match(await lines('resources', url), /features\.md \(text\/markdown\)[^]*demo:\/\/resource\/dynamic\/text\/\{resourceId\}/);
  assert.match(await lines('resources', url, 'demo://resource/static/document/features.md'), /^# Everything Server/);
  assert.match(await lines('prompts', url), /^args-prompt – Arguments Prompt\n.*\n {4}city: required – Name of the city$/m);
  assert.match(await lines('prompts', url, 'args-prompt', '{"city":"Ulm"}'), /^user: What's weather in Ulm/);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-saved-'));
  try {
    assert.match(await lines('call', url, 'get-tiny-image', '{}', '--save', folder), /saved as .*content\.png\]/);
    assert.deepEqual([...readFileSync(join(folder, 'content.png')).subarray(1, 4)], [...Buffer.from('PNG')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const args of [['tools', url, 'nope'], ['resources', url, 'nope:1'], ['prompts', url, 'nope']]) {
    const result = await run(args);
    assert.equal(result.code, 5, args.join(' ') + result.stderr);
    assert.match(result.stderr, /nope/);
  }
}));

/** The command at a terminal of its own; `answer` says what is typed after a line that asks. Returns what was on the screen. */
async function atTerminal(args, answer) {
  const quoted = [program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qefc', quoted, '/dev/null'], { env: environment(), stdio: ['pipe', 'pipe', 'inherit'], timeout: 60_000 });
  let screen = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (part) => {
    screen += part;
    const whole = screen.split('\n').slice(0, -1);
    for (const line of whole.slice(lines))
      if (/^gatehouse: .*(:|\[y\/N\])\s*$/.test(line) && !/The server asks/.test(line))
        child.stdin.write(`${answer(line)}\n`);
    lines = whole.length;
  });
  const [code] = await once(child, 'close');
  return { code, screen };
}

test('a person answers at the terminal', () => withEverything(async ({ url }) => {
  const asks = ['call', url, 'trigger-elicitation-request', '{}', '--answer', 'ask'];
  let names = 0;
  const given = await atTerminal(asks, (line) => {
    if (line.includes('[y/N]'))
      return 'y';
    if (line.includes('legal name'))
      return names++ === 0 ? '' : 'Ada'; // It has to be filled in.
    return line.includes('Number') ? 'many' : '';
  });
  assert.match(given.screen, /This has to be filled in\./);
  assert.equal(names, 2, given.screen);
  assert.match(given.screen, /Name: Ada|declin/i);
  assert.equal(given.code, 0, given.screen);
  const declined = await atTerminal(asks, () => '');
  assert.equal(declined.code, 0, declined.screen);
  assert.match(declined.screen, /declin/i);
  const model = await atTerminal(['call', url, 'trigger-sampling-request', '{"prompt":"Hi"}', '--answer', 'ask'], () => 'hello from here');
  assert.equal(model.code, 0, model.screen);
  assert.match(model.screen, /hello from here/);
  const nobody = await run(['call', url, 'echo', '{"message":"x"}', '--answer', 'ask']);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /needs a terminal/);
}));

test('an answer that takes too long is given up, unless it tells of progress', () => withEverything(async ({ url, saw }) => {
  const alive = await run(['call', url, 'trigger-long-running-operation', '{"duration":3,"steps":6}', '--timeout', '1']);
  assert.equal(alive.code, 0, alive.stderr);
  const late = await run(['call', url, 'trigger-long-running-operation', '{"duration":6,"steps":2}', '--timeout', '1']);
  assert.equal(late.code, 4);
  assert.match(late.stderr, /took too long|No answer came in time/);
  await saw('Received session termination request');
}));

const long = ['trigger-long-running-operation', '{"duration":60,"steps":600}'];

/** The call, once it has told of the first step. */
async function underway(url) {
  const child = spawn(program, ['call', url, ...long, '--json'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const lines = [];
  const begun = Promise.withResolvers();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(JSON.parse(line));
    if (lines.at(-1).event === 'progress')
      begun.resolve();
  });
  await Promise.race([begun.promise, ended.then(() => { throw new Error(JSON.stringify(lines)); })]);
  return { child, ended, lines };
}

test('a call is stopped, and its server hears of it', () => withEverything(async ({ url, saw }) => {
  const { child, ended, lines } = await underway(url);
  child.kill('SIGINT');
  const [code, signal] = await ended;
  assert.equal(signal, null);
  assert.equal(code, 3);
  assert.equal(lines.at(-1).failure, 'cancelled');
  await saw('Received session termination request');
}));

test('a server is killed in the middle of a call', async () => {
  const server = await everything();
  const { ended, lines } = await underway(server.url);
  await server.stop('SIGKILL');
  const [code, signal] = await ended;
  assert.equal(signal, null);
  assert.equal(code, 4);
  assert.match(lines.at(-1).detail, /connection/i);
});
