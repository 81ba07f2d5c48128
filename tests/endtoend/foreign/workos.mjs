// SPDX-License-Identifier: GPL-3.0-or-later
// The tools that ask WorkOS's Management API, over the sandbox's stand-in for it: each answer, each error, and a key that
// is found nowhere.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

import { environment, program, run, serve } from './gatehouse.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-workos-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A sandbox whose API key nobody could guess, as a stand-in for WorkOS. */
async function privateSandbox() {
  const child = spawn(program, ['sandbox', '--port', '0', '--private'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout });
  const said = [];
  for await (const line of lines) {
    if (said.push(line) === 2)
      break;
  }
  const issuer = said[0].match(/http:\/\/127\.0\.0\.1:\d+/)[0];
  const secret = said[1].match(/: (\S+)$/)[1];
  return {
    issuer, secret, key: `sk_test_${secret}`,
    async fail(faults) {
      const answer = await fetch(`${issuer}/sandbox/fail`, { method: 'POST', headers: { 'Gatehouse-Control': secret }, body: JSON.stringify(faults) });
      assert.equal(answer.status, 200, await answer.text());
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

async function member(server, workos, user) {
  const { code, stdout, stderr } = await run(['token', '--issuer', workos.issuer, '--secret', workos.secret, '--resource', server.mcp, '--user', user]);
  assert.equal(code, 0, stderr);
  const client = new Client({ name: 'workos', version: '1' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.mcp), { requestInit: { headers: { Authorization: `Bearer ${stdout.trim()}` } } }));
  return {
    client,
    async call(name, args = {}) {
      const result = await client.callTool({ name, arguments: args });
      return result.isError ? result.content[0].text : result.structuredContent;
    },
  };
}

/** The files below a folder that hold the text. */
function holding(place, text) {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((file) => readFileSync(file).includes(text));
}

test('WorkOS answers, refuses, and never shows its key', async () => {
  const workos = await privateSandbox();
  const server = await serve(['--subdomain', workos.issuer, '--documents', join(folder, 'documents.sqlite')],
                             { env: { WORKOS_API_KEY: workos.key, WORKOS_API: `${workos.issuer}/sandbox/api`, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  const ada = await member(server, workos, 'ada@example.com');
  const grace = await member(server, workos, 'grace@example.com');
  const nora = await member(server, workos, 'nora@example.com');
  const names = (await ada.client.listTools()).tools.map((one) => one.name);
  for (const name of ['get-workos-user', 'get-organization', 'list-organization-members', 'list-authorized-applications'])
    assert.ok(names.includes(name), names.join());

  assert.equal((await ada.call('get-workos-user')).email, 'ada@example.com');
  assert.equal((await grace.call('get-organization')).name, 'Acme');
  assert.deepEqual((await ada.call('list-organization-members')).members.map((one) => [one.email, one.role]),
                   [['ada@example.com', 'admin'], ['grace@example.com', 'member']]);
  assert.match(await grace.call('list-organization-members'), /needs the permission members:manage/);
  assert.match(await grace.call('get-workos-user', { userId: 'user_01J00000000000000000000ADA' }), /needs the permission/);
  assert.equal((await ada.call('get-workos-user', { userId: 'user_01J000000000000000000GRACE' })).email, 'grace@example.com');
  assert.match(await ada.call('get-workos-user', { userId: 'user_01J0000000000000000000N0RA' }), /no such member of your organization/);
  assert.equal(await nora.call('get-organization'), 'Organization context required');
  assert.deepEqual(await ada.call('list-authorized-applications'), { applications: [], hasMore: false });

  for (const [fault, sentence] of [['api-unauthorized', /does not take this server's API key/], ['api-forbidden', /does not let this server's API key/],
                                   ['api-rate-limited', /try again in 7 seconds/], ['api-broken', /WorkOS failed at this/]]) {
    await workos.fail({ [fault]: true });
    assert.match(await ada.call('get-workos-user'), sentence);
    await workos.fail({ [fault]: false });
  }
  assert.equal((await ada.call('get-workos-user')).email, 'ada@example.com');
  await workos.stop();
  assert.match(await ada.call('get-workos-user'), /WorkOS does not answer/);
  for (const one of [ada, grace, nora])
    await one.client.close();
  await ada.call('create-document', { title: 'x', text: 'y' }).catch(() => {});
  await server.stop();
  for (const text of [JSON.stringify(server.events), server.stderr()])
    assert.ok(!text.includes(workos.secret));
  assert.ok(server.events.length > 10);
  assert.deepEqual(holding(folder, workos.secret), []);
});

test('without a key there are no such tools, and no child gets it', async () => {
  const workos = await privateSandbox();
  const server = await serve(['--subdomain', workos.issuer]);
  const ada = await member(server, workos, 'ada@example.com');
  assert.ok(!(await ada.client.listTools()).tools.some((one) => one.name === 'get-workos-user'));
  await ada.client.close();
  const seen = join(folder, 'seen');
  const browser = join(folder, 'browser.sh');
  writeFileSync(browser, `#!/bin/sh\nenv > '${seen}'\n`);
  chmodSync(browser, 0o755);
  const calling = spawn(program, ['call', server.mcp, 'get-profile', '--browser', browser],
                        { env: environment({ WORKOS_API_KEY: workos.key }), stdio: 'ignore' });
  while (!existsSync(seen) || !readFileSync(seen, 'utf8').includes('PATH='))
    await new Promise((resolve) => setTimeout(resolve, 10));
  calling.kill('SIGTERM'); // It waits for somebody to sign in.
  await once(calling, 'close');
  assert.ok(!readFileSync(seen, 'utf8').includes('WORKOS_API_KEY'));
  await server.stop();
  await workos.stop();
});

test('the sandbox is its own WorkOS', async () => {
  const server = await serve(['--documents', join(folder, 'own.sqlite')]);
  const ada = await member(server, { issuer: server.issuer, secret: 'none' }, 'ada@example.com');
  assert.equal((await ada.call('get-organization')).name, 'Acme');
  await ada.client.close();
  await server.stop();
});
