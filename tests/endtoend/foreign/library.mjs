// SPDX-License-Identifier: GPL-3.0-or-later
// A program of somebody's own, built against the installed library: the official client signs in through the sandbox
// and calls all its tools.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

import { environment, run, sandbox } from './gatehouse.mjs';
import { signIn } from './signin.mjs';

const { WORKOS_SERVER: example, DOCUMENTS_SERVER: documents, INSPECTED_SERVER: inspected } = process.env;
assert.ok(example && documents && inspected, 'these name the programs that were built');

/** Starts it on a free port and waits until it says where. */
async function start(env, program = example) {
  const child = spawn(program, { env: environment({ PORT: '0', ...env }), stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  const said = [];
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => said.push(line));
  const mcp = await Promise.race([
    new Promise((resolve) => {
      lines.on('line', (line) => { if (line.includes('listening on')) resolve(line.match(/http:\S+/)[0]); });
    }),
    ended.then(() => null),
  ]);
  return { child, ended, said, mcp };
}

/** Of WorkOS's API what the example asks for. */
async function workosApi() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, key: request.headers.authorization });
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ object: 'user', id: request.url.split('/').at(-1) }));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { asked, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test('a program of a few lines', async () => {
  const issuer = await sandbox(['--auto-sign-in', 'ada@example.com']);
  const api = await workosApi();
  const server = await start({ MCP_USE_OAUTH_WORKOS_SUBDOMAIN: issuer.issuer, WORKOS_API: api.url, WORKOS_API_KEY: 'sk_test_0123456789' });
  try {
    assert.ok(server.mcp, server.said.join('\n'));
    const { client } = await signIn({
      server: { mcp: server.mcp, issuer: issuer.issuer },
      makeClient: () => new Client({ name: 'endtoend', version: '2' }, { versionNegotiation: { mode: 'auto' } }),
      makeTransport: (url, authProvider) => new StreamableHTTPClientTransport(url, { authProvider }),
      isUnauthorized: (error) => {
        for (let cause = error; cause; cause = cause.cause ?? cause.data?.cause)
          if (cause instanceof UnauthorizedError) return true;
        throw error;
      },
      finish: (transport, callback) => transport.finishAuth(callback),
    });
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name).sort(), ['get-documents', 'get-profile', 'get-workos-user']);
    const profile = (await client.callTool({ name: 'get-profile', arguments: {} })).structuredContent;
    assert.deepEqual(profile, {
      userId: 'user_01J00000000000000000000ADA', email: 'ada@example.com', name: 'Ada Lovelace',
      organization: 'org_01J0000000000000000000ACME', roles: ['admin'],
    });
    const { documents } = (await client.callTool({ name: 'get-documents', arguments: {} })).structuredContent;
    assert.equal(documents[0].title, 'Welcome, org_01J0000000000000000000ACME');
    const user = (await client.callTool({ name: 'get-workos-user', arguments: {} })).structuredContent;
    assert.deepEqual(user, { object: 'user', id: profile.userId });
    assert.deepEqual(api.asked, [{ url: `/user_management/users/${profile.userId}`, key: 'Bearer sk_test_0123456789' }]);
    await client.close();
  } finally {
    server.child.kill('SIGTERM');
    const [code] = await server.ended;
    api.close();
    await issuer.stop();
    assert.equal(code, 0, server.said.join('\n'));
    assert.ok(!server.said.join().includes('sk_test_'), 'the key reaches no log');
  }
});

test('documents of an organization', async () => {
  const issuer = await sandbox();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-library-'));
  const server = await start({ MCP_USE_OAUTH_WORKOS_SUBDOMAIN: issuer.issuer, DOCUMENTS: join(folder, 'd.sqlite') }, documents);
  try {
    assert.ok(server.mcp, server.said.join('\n'));
    const of = async (organization) => {
      const { stdout } = await run(['token', '--issuer', issuer.issuer, '--resource', server.mcp, '--user', 'ada@example.com',
                                    '--organization', organization]);
      const client = new Client({ name: 'endtoend', version: '2' }, { versionNegotiation: { mode: 'auto' } });
      await client.connect(new StreamableHTTPClientTransport(new URL(server.mcp), {
        requestInit: { headers: { Authorization: `Bearer ${stdout.trim()}` } } }));
      return client;
    };
    const acme = await of('org_01J0000000000000000000ACME');
    const globex = await of('org_01J00000000000000000GX0BEX');
    const call = async (client, name, args) => (await client.callTool({ name, arguments: args ?? {} })).structuredContent;
    const { id } = await call(acme, 'create-document', { title: 'Plan', text: 'Ship it.' });
    assert.equal((await acme.readResource({ uri: `documents://${id}` })).contents[0].text, 'Ship it.');
    assert.equal((await call(acme, 'search-documents', { query: 'ship' })).documents[0].id, id);
    assert.deepEqual(await call(globex, 'get-documents'), { documents: [] });
    assert.deepEqual(await call(acme, 'get-organization'), { organization: 'org_01J0000000000000000000ACME', mayWrite: true });
    const { messages } = await acme.getPrompt({ name: 'sum-up', arguments: { id } });
    assert.match(messages[0].content.text, new RegExp(id));
    await Promise.all([acme.close(), globex.close()]);
  } finally {
    server.child.kill('SIGTERM');
    const [code] = await server.ended;
    await issuer.stop();
    rmSync(folder, { recursive: true });
    assert.equal(code, 0, server.said.join('\n'));
  }
});

test('says what is missing', async () => {
  const server = await start({});
  const [code] = await server.ended;
  assert.equal(code, 1);
  assert.match(server.said.join('\n'), /^my-server: No AuthKit environment is named: set MCP_USE_OAUTH_WORKOS_SUBDOMAIN/);
});

test('a program of a few lines under the window', async () => {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
  });
  const child = spawn(inspected, [], { env: environment({ PORT: String(port) }), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => { said += part; });
  const ended = once(child, 'close');
  const metadata = `http://127.0.0.1:${port}/.well-known/oauth-protected-resource/mcp`;
  let known = null;
  for (let tries = 0; tries < 200 && !known && child.exitCode === null; tries += 1) {
    known = await fetch(metadata).then((response) => response.json(), () => null);
    if (!known)
      await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  child.kill('SIGTERM');
  const [code] = await ended;
  assert.equal(known?.resource, `http://localhost:${port}/mcp`, said);
  assert.match(known.authorization_servers[0], /^http:\/\/127\.0\.0\.1:/, 'the sandbox stands in');
  assert.equal(code, 0, said);
});
