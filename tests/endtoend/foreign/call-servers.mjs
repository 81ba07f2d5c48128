// SPDX-License-Identifier: GPL-3.0-or-later
// `gatehouse call` signs in to servers of other makers and calls their tools; what it prints for programs is read here.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { MCPServer } from 'mcp-use';
import { oauthWorkOSProvider } from 'mcp-use/oauth/workos';

import { environment, program, sandbox } from './gatehouse.mjs';

process.env.MCP_USE_ANONYMIZED_TELEMETRY = 'false';

const hasKeyring = ['dbus-run-session', 'gnome-keyring-daemon'].every(
  (name) => spawnSync('which', [name]).status === 0);

/** Runs a shell script that has a home and a keyring of its own; returns what each call printed. */
async function shell(script, url) {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-keyring-'));
  const homes = Object.fromEntries(['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'].map((name) => [name, home]));
  const child = spawn('dbus-run-session', ['--', 'bash', '-c',
    `printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n${script}`],
    { env: { ...environment(homes), URL: url, GATEHOUSE: program }, stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000 });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part) => { out += part; });
  await once(child, 'close');
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); // The keyring ends a moment later.
  return out.split('=== call\n').slice(1).map((text) => {
    const [errors, result, code] = text.split(/--- result\n|--- code /);
    return { lines: errors.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)), errors, result, code: code.trim() };
  });
}

const call = (tool) => `echo '=== call'; "$GATEHOUSE" call "$URL" ${tool} '{}' --browser none --json 2>&1 >"$HOME/result"
code=$?; echo '--- result'; cat "$HOME/result"; echo "--- code $code"`;

const logout = `echo '=== call'; "$GATEHOUSE" logout "$URL" --json 2>&1 >"$HOME/result"
code=$?; echo '--- result'; cat "$HOME/result"; echo "--- code $code"`;

/** A sign-in, a second call that needs none, and one after the token's end that opens no browser. */
async function callsThrice(url, tool, expected) {
  // Our client takes a token for spent ten seconds before its end; it lives for 32 here, since the second call may take its time on a busy machine.
  const [first, second, third, out, none] = await shell(
    [call(tool), call(tool), 'sleep 23', call(tool), logout, logout].join('\n'), url);
  for (const one of [first, second, third]) {
    assert.equal(one.code, '0', one.errors + one.result);
    expected(JSON.parse(one.result));
    for (const line of one.lines)
      assert.ok(!/eyJ|code_verifier=[^…&]|[?&](code|state)=[^…&]/.test(JSON.stringify(line)), JSON.stringify(line));
  }
  assert.deepEqual([out, none].map((one) => [one.code, JSON.parse(one.result).kept]), [['0', true], ['0', false]]);
  const states = (one) => Object.fromEntries(one.lines.filter((line) => line.step).map((line) => [line.step, line.state]));
  const reached = { session: 'done', list: 'done', call: 'done', refresh: 'skipped' };
  assert.deepEqual(states(first), { ask: 'done', resource: 'done', server: 'done', client: 'done', authorize: 'done', token: 'done', ...reached });
  const skipped = { ask: 'skipped', resource: 'skipped', server: 'skipped', client: 'skipped', authorize: 'skipped' };
  assert.deepEqual(states(second), { ...skipped, token: 'skipped', ...reached });
  assert.deepEqual(states(third), { ...skipped, token: 'done', ...reached });
  if (process.env.GATEHOUSE_SHOW_TRACE)
    console.log([first, second, third].map((one) => one.errors + one.result).join('\n'));
}

async function withSandbox(steps) {
  const authorizationServer = await sandbox(['--auto-sign-in', 'ada@example.com', '--token-lifetime', '32']);
  try {
    await steps(authorizationServer.issuer);
  } finally {
    await authorizationServer.stop();
  }
}

const options = { skip: hasKeyring ? false : 'there is no dbus-run-session and gnome-keyring-daemon here', concurrency: true };

test('calls on servers of other makers', options, (all) => Promise.all([
  all.test('mcp-use', () => withSandbox(async (issuer) => {
    const server = new MCPServer({ name: 'foreign', version: '1', oauth: oauthWorkOSProvider({ subdomain: issuer }) });
    server.tool({ name: 'who', description: 'who calls' }, async (_, context) => ({
      content: [{ type: 'text', text: context.auth.user.email }],
    }));
    const { port } = await server.listen(0);
    try {
      const challenge = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', body: '{}' });
      const metadata = await (await fetch(challenge.headers.get('www-authenticate').match(/resource_metadata="([^"]+)"/)[1])).json();
      await callsThrice(metadata.resource, 'who', (result) => assert.equal(result.content[0].text, 'ada@example.com'));
    } finally {
      await server.close();
    }
  })),

  all.test('the official SDK 1.32, with sessions and event streams', () => withSandbox(async (issuer) => {
    const app = express();
    const listener = createServer(app).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const resource = new URL(`http://127.0.0.1:${listener.address().port}/mcp`);
    const keys = createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`));
    const verifier = {
      async verifyAccessToken(token) {
        const { payload } = await jwtVerify(token, keys, { issuer, audience: resource.href, clockTolerance: 10 });
        return { token, clientId: payload.client_id ?? 'none', scopes: payload.scope.split(' '), expiresAt: payload.exp + 10, extra: payload };
      },
    };
    const oauthMetadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
    app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: resource }));
    const sessions = new Map();
    const ended = [];
    app.all('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl: `${resource.origin}/.well-known/oauth-protected-resource/mcp` }),
            express.json(), async (request, response) => {
      let transport = sessions.get(request.headers['mcp-session-id']);
      if (!transport) {
        assert.ok(isInitializeRequest(request.body), JSON.stringify(request.body));
        transport = new StreamableHTTPServerTransport({
          sessionIdGenerator: randomUUID,
          onsessioninitialized: (id) => sessions.set(id, transport),
          onsessionclosed: (id) => ended.push(id),
        });
        const server = new McpServer({ name: 'official', version: '1.32' }, { capabilities: { logging: {} } });
        server.registerTool('who', { description: 'who calls' }, async ({ authInfo, sendNotification }) => {
          await sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'before the answer' } });
          return { content: [{ type: 'text', text: authInfo.extra.email }] };
        });
        await server.connect(transport);
      }
      await transport.handleRequest(request, response, request.body);
    });
    try {
      await callsThrice(resource.href, 'who', (result) => assert.equal(result.content[0].text, 'ada@example.com'));
      assert.equal(sessions.size, 3);
      assert.deepEqual([...ended].sort(), [...sessions.keys()].sort(), 'each session was ended by its client');
    } finally {
      listener.closeAllConnections();
      listener.close();
    }
  })),
]));
