// SPDX-License-Identifier: GPL-3.0-or-later
// Authorization servers of other makers before MCP servers of other makers: oidc-provider with the official server in both
// eras, by a person, by a device, by a program and with bound tokens; oauth2-mock-server with FastMCP.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { FastMCP } from 'fastmcp';
import { calculateJwkThumbprint, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { OAuth2Server } from 'oauth2-mock-server';
import Provider from 'oidc-provider';
import { z } from 'zod';

import { environment, program, run } from './gatehouse.mjs';

async function listening(server) {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return `http://localhost:${server.address().port}`;
}

async function stop(server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** oidc-provider, which signs anybody in who sends its forms. */
async function oidcProvider(resources) {
  let callback;
  const server = createServer((request, response) => callback(request, response));
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'program', client_secret: 'a secret of the program', grant_types: ['client_credentials'],
                redirect_uris: [], response_types: [] }],
    scopes: ['openid', 'offline_access', 'mcp'],
    pkce: { required: () => true },
    ttl: { AccessToken: 300, ClientCredentials: 300 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      registration: { enabled: true }, deviceFlow: { enabled: true }, clientCredentials: { enabled: true }, dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true, useGrantedResource: () => true, defaultResource: () => undefined,
        getResourceServerInfo: (_, resource) => {
          assert.ok(resources.has(resource), resource);
          return { scope: 'mcp', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 300 };
        },
      },
    },
  });
  callback = provider.callback();
  return { issuer, stop: () => stop(server) };
}

/** The official server behind tokens of that issuer, Bearer or DPoP as they are. */
async function mcpServer(issuer, resources) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const seen = [];
  const handler = createMcpHandler(() => {
    const mcp = new McpServer({ name: 'behind oidc-provider', version: '1' });
    mcp.registerTool('who', { description: 'who calls', inputSchema: z.object({}) }, async (_, context) => ({
      content: [{ type: 'text', text: `${context.http?.authInfo?.extra?.sub} by ${context.http?.authInfo?.extra?.scheme}` }] }));
    return mcp;
  });
  let resource;
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url, resource);
    if (url.pathname === '/.well-known/oauth-protected-resource/mcp') {
      outgoing.setHeader('Content-Type', 'application/json');
      outgoing.end(JSON.stringify({ resource, authorization_servers: [issuer], scopes_supported: ['openid', 'offline_access', 'mcp'] }));
      return;
    }
    const [scheme, token] = (incoming.headers.authorization ?? ' ').split(' ');
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: resource });
      if (payload.cnf) {
        const proof = decodeProtectedHeader(incoming.headers.dpop);
        await jwtVerify(incoming.headers.dpop, await import('jose').then(({ importJWK }) => importJWK(proof.jwk, proof.alg)));
        assert.equal(await calculateJwkThumbprint(proof.jwk), payload.cnf.jkt);
        assert.equal(scheme, 'DPoP');
      }
      seen.push(scheme);
      const parts = [];
      for await (const part of incoming)
        parts.push(part);
      const answer = await handler.fetch(
        new Request(url, { method: incoming.method, headers: incoming.headers, body: parts.length > 0 ? Buffer.concat(parts) : undefined }),
        { authInfo: { token, clientId: payload.client_id, scopes: [], extra: { sub: payload.sub, scheme } } });
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      const prm = new URL('/.well-known/oauth-protected-resource/mcp', resource);
      outgoing.writeHead(401, { 'WWW-Authenticate': `Bearer resource_metadata="${prm}", error="invalid_token", error_description="${
        token ? String(error.message).replaceAll('"', "'") : ''}"` });
      outgoing.end();
    }
  });
  resource = `${await listening(server)}/mcp`;
  resources.add(resource);
  return { url: resource, seen, stop: () => stop(server) };
}

async function behindOidcProvider(steps) {
  const resources = new Set();
  const issuing = await oidcProvider(resources);
  const server = await mcpServer(issuing.issuer, resources);
  try {
    await steps(server, issuing);
  } finally {
    await server.stop();
    await issuing.stop();
  }
}

const browser = `${process.execPath} ${join(import.meta.dirname, 'browser.mjs')}`;
const byHand = ['--browser', browser, '--callback-port', '0', '--no-keyring', '--timeout', '20'];

for (const revision of ['2026-07-28', '2025-11-25']) {
  test(`a person, in ${revision}`, () => behindOidcProvider(async ({ url, seen }) => {
    const came = await run(['call', url, 'who', '--revision', revision, ...byHand]);
    assert.equal(came.code, 0, came.stderr);
    assert.match(came.stdout, /^ada by Bearer$/m);
    assert.ok(seen.length > 0);
  }));
}

test('tokens that are bound to a key', () => behindOidcProvider(async ({ url, seen }) => {
  const came = await run(['call', url, 'who', '--dpop', ...byHand]);
  assert.equal(came.code, 0, came.stderr);
  assert.match(came.stdout, /^ada by DPoP$/m);
  assert.deepEqual(new Set(seen), new Set(['DPoP']));
}));

test('a program in its own name', () => behindOidcProvider(async ({ url }, { issuer }) => {
  const came = await run(['call', url, 'who', '--grant', 'client_credentials', '--client-id', 'program', '--issuer', issuer,
                          '--client-secret', 'a secret of the program', '--scope', 'mcp', '--no-keyring']);
  assert.equal(came.code, 0, came.stderr);
  assert.match(came.stdout, /^program by Bearer$/m);
  const wrong = await run(['call', url, 'who', '--grant', 'client_credentials', '--client-id', 'program', '--issuer', issuer,
                           '--client-secret', 'another', '--no-keyring']);
  assert.equal(wrong.code, 3, wrong.stderr);
}));

test('a person with a browser elsewhere', () => behindOidcProvider(async ({ url }) => {
  const child = spawn(program, ['call', url, 'who', '--grant', 'device', '--no-keyring', '--json'],
                      { env: environment(), stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part) => { out += part; });
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors += `${line}\n`;
    const event = JSON.parse(line);
    if (event.event === 'device')
      spawn(process.execPath, [join(import.meta.dirname, 'browser.mjs'), event.complete], { stdio: 'inherit' });
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, errors);
  assert.match(JSON.parse(out).content[0].text, /^ada by Bearer$/);
}));

/** It has no registration, says nothing of resources, and signs everybody in at once. */
test('oauth2-mock-server before FastMCP', async () => {
  const mock = new OAuth2Server();
  await mock.issuer.keys.generate('RS256');
  await mock.start(0, 'localhost');
  const { url: issuer } = mock.issuer;
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const probe = createServer();
  const { port } = new URL(await listening(probe));
  await stop(probe);
  const resource = `http://localhost:${port}/mcp`;
  const server = new FastMCP({
    name: 'FastMCP', version: '1.0.0',
    authenticate: async (request) => {
      const token = request.headers.authorization?.slice('Bearer '.length);
      const { payload } = await jwtVerify(token ?? '', keys, { issuer }).catch(() => ({}));
      if (!payload)
        throw new Response(null, { status: 401, headers: {
          'WWW-Authenticate': `Bearer resource_metadata="http://localhost:${port}/.well-known/oauth-protected-resource"` } });
      return { sub: payload.sub };
    },
    oauth: { enabled: true, protectedResource: { resource, authorizationServers: [issuer] } },
  });
  server.addTool({ name: 'who', description: 'who calls', parameters: z.object({}),
                   execute: async (_, { session, log, reportProgress }) => {
                     log.info('looking');
                     await reportProgress({ progress: 1, total: 2 });
                     return `${session.sub}`;
                   } });
  await server.start({ transportType: 'httpStream', httpStream: { port: Number(port), host: 'localhost' } });
  try {
    const came = await run(['call', resource, 'who', '--client-id', 'anybody', '--issuer', issuer, '--browser', 'none', '--no-keyring']);
    assert.equal(came.code, 0, came.stderr);
    assert.match(came.stdout, /^johndoe$/m);
    assert.match(came.stderr, /Progress 1 of 2/);
  } finally {
    await server.stop();
    await mock.stop();
  }
});
