// SPDX-License-Identifier: GPL-3.0-or-later
// The server that Gatehouse is modelled on, with its WorkOS provider, takes the sandbox for AuthKit: a client that has
// never heard of either signs in at the sandbox and calls a tool there.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { MCPServer } from 'mcp-use';
import { oauthWorkOSProvider } from 'mcp-use/oauth/workos';

import { run, sandbox } from './gatehouse.mjs';

process.env.MCP_USE_ANONYMIZED_TELEMETRY = 'false';

test('mcp-use accepts the tokens of our sandbox', async () => {
  const authorizationServer = await sandbox();
  const server = new MCPServer({
    name: 'foreign', version: '1', oauth: oauthWorkOSProvider({ subdomain: authorizationServer.issuer }),
  });
  server.tool({ name: 'who', description: 'who calls' }, async (_, context) => ({
    content: [{ type: 'text', text: JSON.stringify({ user: context.auth.user, scopes: context.auth.scopes, permissions: context.auth.permissions }) }],
  }));
  const { port } = await server.listen(0);
  try {
    const challenge = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', body: '{}' });
    assert.equal(challenge.status, 401);
    const metadata = await (await fetch(challenge.headers.get('www-authenticate').match(/resource_metadata="([^"]+)"/)[1])).json();
    assert.deepEqual(metadata.authorization_servers.map((issuer) => issuer.replace(/\/$/, '')), [authorizationServer.issuer]);

    const { stdout, code } = await run(['token', '--issuer', authorizationServer.issuer, '--resource', metadata.resource]);
    assert.equal(code, 0);
    const client = new Client({ name: 'endtoend', version: '2' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new StreamableHTTPClientTransport(new URL(metadata.resource), {
      requestInit: { headers: { authorization: `Bearer ${stdout.trim()}` } },
    }));
    const result = await client.callTool({ name: 'who', arguments: {} });
    const caller = JSON.parse(result.content[0].text);
    assert.equal(caller.user.email, 'ada@example.com');
    assert.equal(caller.user.organizationId, 'org_01J0000000000000000000ACME');
    assert.deepEqual(caller.user.roles, ['admin']);
    assert.ok(caller.permissions.includes('documents:write'));
    assert.ok(caller.scopes.includes('openid'));
    await client.close();

    // A token for another server is refused there as it is here.
    const foreign = await run(['token', '--issuer', authorizationServer.issuer, '--resource', 'https://elsewhere.example/mcp']);
    const refused = await fetch(metadata.resource, {
      method: 'POST', headers: { authorization: `Bearer ${foreign.stdout.trim()}`, 'content-type': 'application/json' }, body: '{}',
    });
    assert.equal(refused.status, 401);
  } finally {
    await server.close();
    await authorizationServer.stop();
  }
});
