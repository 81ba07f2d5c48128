// SPDX-License-Identifier: GPL-3.0-or-later
// Documents by organization, as the official client of the second generation uses them, in both eras of the protocol.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

import { run, serve, withServer } from './gatehouse.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-documents-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const acme = 'org_01J0000000000000000000ACME';
const globex = 'org_01J00000000000000000GX0BEX';
const eras = [['2025 initialize', 'legacy'], ['2026-07-28', { pin: '2026-07-28' }]];

/** Somebody who has a token for one organization. */
async function member(server, mode, user, organization) {
  const { code, stdout, stderr } = await run(['token', '--issuer', server.issuer, '--resource', server.mcp, '--user', user,
                                              ...(organization ? ['--organization', organization] : [])]);
  assert.equal(code, 0, stderr);
  const client = new Client({ name: 'documents', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.mcp), {
    requestInit: { headers: { Authorization: `Bearer ${stdout.trim()}` } },
  }));
  return {
    client,
    async call(name, args = {}) {
      const result = await client.callTool({ name, arguments: args });
      return result.isError ? result.content[0].text : result.structuredContent;
    },
  };
}

test('documents', { concurrency: true }, (all) => Promise.all(eras.map(([name, mode], number) =>
  all.test(name, () => withServer(['--documents', join(folder, `${number}.sqlite`)], async (server) => {
    const ada = await member(server, mode, 'ada@example.com', acme);
    const grace = await member(server, mode, 'grace@example.com', acme);
    const other = await member(server, mode, 'ada@example.com', globex);
    const nora = await member(server, mode, 'nora@example.com');
    const { id } = await ada.call('create-document', { title: 'Plan', text: 'Ship it.' });
    assert.match(id, /^doc_[0-9A-Z]{26}$/);
    assert.deepEqual((await grace.call('get-documents')).documents.map((one) => [one.id, one.title]), [[id, 'Plan']]);
    assert.deepEqual(await other.call('get-documents'), { documents: [] });
    assert.equal(await nora.call('get-documents'), 'Organization context required');
    assert.match(await grace.call('delete-document', { id }), /needs the permission documents:write/);
    assert.match(await other.call('get-document', { id }), /no such document in your organization/);

    const uri = `documents://${id}`;
    assert.deepEqual((await grace.client.listResources()).resources.map((one) => one.uri), [uri]);
    assert.deepEqual((await other.client.listResources()).resources, []);
    assert.equal((await grace.client.readResource({ uri })).contents[0].text, 'Ship it.');
    await assert.rejects(other.client.readResource({ uri }), /no such resource/);
    const { completion } = await grace.client.complete({
      ref: { type: 'ref/resource', uri: 'documents://{id}' }, argument: { name: 'id', value: 'pla' } });
    assert.deepEqual(completion.values, [id]);

    const heard = [];
    for (const [who, one] of [['grace', grace], ['other', other]]) {
      one.client.setNotificationHandler('notifications/resources/updated', ({ params }) => { heard.push([who, params.uri]); });
      if (mode === 'legacy')
        await one.client.subscribeResource({ uri });
      else
        one.subscription = await one.client.listen({ resourceSubscriptions: [uri] });
    }
    await ada.call('update-document', { id, text: 'Shipped.' });
    while (heard.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal((await grace.call('search-documents', { query: 'shipped' })).documents[0].excerpt, 'Shipped.');
    assert.deepEqual(await ada.call('delete-document', { id }), { id });
    while (heard.length < 2)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(heard, [['grace', uri], ['grace', uri]]);
    for (const one of [ada, grace, other, nora])
      await one.client.close();
  })))));

test('what was acknowledged is there when the program is killed and started anew', async () => {
  const file = join(folder, 'killed.sqlite');
  const acknowledged = [];
  for (let i = 0; i < 3; ++i) {
    const server = await serve(['--documents', file]);
    const ada = await member(server, { pin: '2026-07-28' }, 'ada@example.com', acme);
    const writing = Array.from({ length: 4 }, async () => {
      for (;;)
        acknowledged.push((await ada.call('create-document', { title: `n${acknowledged.length}`, text: 'x'.repeat(500) })).id);
    }).map((one) => one.catch(() => {}));
    const enough = acknowledged.length + 10;
    while (acknowledged.length < enough)
      await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill(server.pid, 'SIGKILL');
    await Promise.all(writing);
  }
  await withServer(['--documents', file], async (server) => {
    const ada = await member(server, { pin: '2026-07-28' }, 'ada@example.com', acme);
    const there = new Set();
    let page = {};
    do {
      page = await ada.call('get-documents', page.nextCursor ? { cursor: page.nextCursor } : {});
      page.documents.forEach((one) => there.add(one.id));
    } while (page.nextCursor);
    assert.deepEqual(acknowledged.filter((id) => !there.has(id)), []);
    await ada.client.close();
  });
});

test('a file that cannot be used is said at once, and the rest goes on', async () => {
  await withServer(['--documents', '/dev/null'], async (server) => {
    const ada = await member(server, { pin: '2026-07-28' }, 'ada@example.com', acme);
    assert.equal(await ada.call('get-documents'), 'The database cannot be opened.');
    assert.equal((await ada.call('get-profile')).email, 'ada@example.com');
    assert.ok(server.events.some((one) => JSON.stringify(one).includes('documents_failing')), JSON.stringify(server.events));
    await ada.client.close();
  });
  const { code, stderr } = await run(['serve', '--documents', 'postgresql://ada:secret@localhost/x']);
  assert.equal(code, 1);
  assert.match(stderr, /PGPASSWORD/);
  assert.doesNotMatch(stderr, /secret/);
});
