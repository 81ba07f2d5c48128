// SPDX-License-Identifier: GPL-3.0-or-later
// Two instances behind one address: HAProxy as the documentation sets it up, documents in one PostgreSQL. Requests go
// to the instances by turns.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

import { initialize, post, run, sandbox, serve } from './gatehouse.mjs';
import { isThere as hasLoadBalancer, loadBalancer } from './loadbalancer.mjs';
import { isThere as hasPostgresql, postgresql } from './postgresql.mjs';
import { loginAndCall } from './signin.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-instances-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const key = join(folder, 'key');
writeFileSync(key, randomBytes(32).toString('base64'));

const acme = 'org_01J0000000000000000000ACME';
const globex = 'org_01J00000000000000000GX0BEX';
const modern = { pin: '2026-07-28' };

async function until(holds, what) {
  for (let tries = 0; tries < 500 && !holds(); tries += 1)
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.ok(holds(), what());
}

/** Runs `steps` with everything, and stops it all whatever happens. */
async function withInstances(steps) {
  const database = postgresql();
  const issuing = await sandbox(['--auto-sign-in', 'ada@example.com']);
  const balancer = await loadBalancer();
  const begin = (port = 0) => serve(['--subdomain', issuing.issuer, '--resource', balancer.url, '--state-key-file', key,
                                     '--documents', database.address, '--port', port]);
  const instances = await Promise.all([begin(), begin()]);
  try {
    await balancer.start(instances.map(({ port }) => port));
    await steps({ mcp: balancer.url, issuer: issuing.issuer, instances, begin, balancer });
  } catch (error) {
    console.error(instances.map((one) => `${JSON.stringify(one.events)}\n${one.stderr()}`).join('\n---\n'), balancer.said());
    throw error;
  } finally {
    await balancer.stop();
    await Promise.all([...instances.filter((one) => !one.isKilled), issuing].map((one) => one.stop()));
    database.stop();
  }
}

/** Somebody who has a token for one organization. */
async function member({ mcp, issuer }, mode, organization) {
  const { code, stdout, stderr } = await run(['token', '--issuer', issuer, '--resource', mcp, '--user', 'ada@example.com',
                                              '--organization', organization]);
  assert.equal(code, 0, stderr);
  const token = stdout.trim();
  const client = new Client({ name: 'instances', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(mcp), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  }));
  return {
    client,
    token,
    async call(name, args = {}) {
      const result = await client.callTool({ name, arguments: args });
      return result.isError ? result.content[0].text : result.structuredContent;
    },
  };
}

/** How often each instance was called so. */
const calls = (instances, target) =>
  instances.map(({ events }) => events.filter((one) => one.target === target && one.call === 'tools/call').length);

const skip = !hasLoadBalancer || !hasPostgresql;
if (skip)
  console.log('SKIP   : foreign/instances There is no HAProxy or no PostgreSQL here');

test('the modern era works with any instance', { skip }, () => withInstances(async (at) => {
  const { client } = await loginAndCall({
    server: at,
    makeClient: () => new Client({ name: 'endtoend', version: '2' }, { versionNegotiation: { mode: modern } }),
    makeTransport: (url, authProvider) => new StreamableHTTPClientTransport(url, { authProvider }),
    isUnauthorized: (error) => {
      for (let cause = error; cause; cause = cause.cause ?? cause.data?.cause) {
        if (cause instanceof UnauthorizedError)
          return true;
      }
      throw error;
    },
    finish: (transport, callback) => transport.finishAuth(callback),
  });
  await client.close();

  const ada = await member(at, modern, acme);
  const other = await member(at, modern, globex);
  const ids = [];
  for (let number = 0; number < 10; ++number) {
    const { id } = await ada.call('create-document', { title: `Plan ${number}`, text: 'Ship it.' });
    assert.equal((await ada.call('get-document', { id })).title, `Plan ${number}`);
    ids.push(id);
  }
  assert.deepEqual((await ada.call('get-documents')).documents.map(({ id }) => id).sort(), [...ids].sort());
  assert.deepEqual(await other.call('get-documents'), { documents: [] });
  // It is the other one that was asked for what had just been made.
  const made = () => calls(at.instances, 'create-document');
  const read = () => calls(at.instances, 'get-document');
  const sum = ([one, other]) => one + other;
  await until(() => sum(made()) === 10 && sum(read()) === 10, () => `made ${made()}, read ${read()}`);
  assert.deepEqual(made(), read().reverse());

  // Whoever watches at one instance hears of what happens at either.
  const uri = `documents://${ids[0]}`;
  const heard = [0, 0];
  const watchers = [];
  for (const number of [0, 1]) {
    const watcher = await member(at, modern, acme);
    watcher.client.setNotificationHandler('notifications/resources/updated', () => { heard[number] += 1; });
    if (number === 1)
      await watcher.call('get-profile'); // So that it is the other one's turn.
    await watcher.client.listen({ resourceSubscriptions: [uri] });
    watchers.push(watcher);
  }
  for (let change = 1; change <= 4; ++change) {
    await ada.call('update-document', { id: ids[0], text: `Shipped ${change}.` });
    await until(() => heard.every((count) => count === change), () => `change ${change}: ${heard}`);
  }
  for (const one of [ada, other, ...watchers])
    await one.client.close();
  const count = (call) => at.instances.map(({ events }) => events.filter((one) => one.call === call).length);
  await until(() => sum(count('subscriptions/listen')) === 2, () => 'the streams have ended');
  assert.deepEqual(count('subscriptions/listen'), [1, 1]);
  assert.deepEqual(calls(at.instances, 'update-document'), [2, 2]);
}));

test('a session of an older revision stays with its instance', { skip }, () => withInstances(async (at) => {
  const all = await Promise.all([1, 2, 3, 4].map(() => member(at, 'legacy', acme)));
  for (const { call } of all) {
    for (let i = 0; i < 5; ++i)
      assert.equal((await call('get-profile')).email, 'ada@example.com');
  }
  await until(() => calls(at.instances, 'get-profile').reduce((a, b) => a + b) === 20,
              () => `calls ${calls(at.instances, 'get-profile')}`);
  assert.deepEqual(calls(at.instances, 'get-profile'), [10, 10], 'two sessions each');
  for (const { client } of all)
    await client.close();

  // Where its instance has gone, its client is told so, as the specification has it, and begins anew.
  const headers = { Authorization: `Bearer ${all[0].token}` };
  const session = (await post(at.mcp, initialize, headers)).headers.get('mcp-session-id');
  const ping = () => post(at.mcp, { jsonrpc: '2.0', id: 2, method: 'ping' },
                          { ...headers, 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' })
    .then(({ status }) => status, () => 'cut');
  assert.equal(await ping(), 200);
  const hasPinged = ({ events }) => events.some((one) => one.call === 'ping');
  await until(() => at.instances.some(hasPinged), () => 'a ping');
  const home = at.instances.find(hasPinged);
  process.kill(home.pid, 'SIGKILL');
  home.isKilled = true;
  let status = await ping();
  for (let tries = 0; tries < 100 && status !== 404; ++tries) { // Until the load balancer has noticed.
    assert.ok(['cut', 502, 503].includes(status), `${status}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    status = await ping();
  }
  assert.equal(status, 404);
  assert.equal((await post(at.mcp, initialize, headers)).status, 200);
}));

/** Writers of documents that go on until they are told to end. */
async function writing(at, count) {
  const all = { acknowledged: [], failed: 0, isOver: false };
  const writers = Array.from({ length: count }, async () => {
    const ada = await member(at, modern, acme);
    while (!all.isOver) {
      try {
        const answer = await ada.call('create-document', { title: `n${all.acknowledged.length}`, text: 'x'.repeat(500) });
        assert.ok(answer.id, answer);
        all.acknowledged.push(answer.id);
      } catch (error) {
        all.failed += 1;
        all.lastError = error;
        if (error instanceof assert.AssertionError || all.failed > 1000)
          throw error;
      }
    }
    await ada.client.close();
  });
  return {
    all,
    async more(number) {
      const enough = all.acknowledged.length + number;
      await until(() => all.acknowledged.length >= enough,
                  () => `${all.acknowledged.length} acknowledged, ${all.failed} failed: ${all.lastError}`);
    },
    async end() {
      all.isOver = true;
      await Promise.all(writers);
      const ada = await member(at, modern, acme);
      const there = new Set();
      let page = {};
      do {
        page = await ada.call('get-documents', page.nextCursor ? { cursor: page.nextCursor } : {});
        page.documents.forEach((one) => there.add(one.id));
      } while (page.nextCursor);
      await ada.client.close();
      console.log(`${all.acknowledged.length} acknowledged, ${all.failed} failed, ${there.size} there`);
      assert.deepEqual(all.acknowledged.filter((id) => !there.has(id)), []);
    },
  };
}

test('an instance that is killed under load takes nothing with it that was acknowledged', { skip }, () =>
  withInstances(async (at) => {
    const writers = await writing(at, 6);
    await writers.more(60);
    process.kill(at.instances[0].pid, 'SIGKILL');
    at.instances[0].isKilled = true;
    await writers.more(60);
    await writers.end();
  }));

test('one instance after the other is started anew, and no call fails', { skip }, () => withInstances(async (at) => {
  const writers = await writing(at, 6);
  await writers.more(30);
  for (const [number, name] of ['a', 'b'].entries()) {
    await at.balancer.tell(`set server gatehouse/${name} state drain`);
    const before = at.instances[number];
    await before.stop();
    assert.ok(!before.stderr().includes('under way'), 'it did not have to wait');
    at.instances[number] = await at.begin(before.port);
    await at.balancer.tell(`set server gatehouse/${name} state ready`);
    await at.balancer.isUp(name); // Else the other one may leave before this one is back.
    await writers.more(30);
  }
  await writers.end();
  assert.equal(writers.all.failed, 0, `${writers.all.lastError}`);
}));
