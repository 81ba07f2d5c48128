// SPDX-License-Identifier: GPL-3.0-or-later
// serve.mjs KIND PORT ISSUER: one MCP server behind the authorization server ISSUER, made as its own documentation
// has it, with the one tool that is measured. KIND: mcp-use, server (the official one), bun (the same without Express, on
// Bun's own HTTP server), sdk (the official one before), documents (mcp-use with ten documents of each organization that
// calls, on better-sqlite3).
import { randomUUID } from 'node:crypto';

const [kind, portText, issuer] = process.argv.slice(2);
const port = Number(portText);
const resource = `http://localhost:${port}/mcp`;
process.env.MCP_USE_ANONYMIZED_TELEMETRY = 'false';

const tool = { name: 'get-profile', description: 'Who calls.' };
const answer = (who) => ({ content: [{ type: 'text', text: JSON.stringify(who) }], structuredContent: who });
const profileOf = (claims) => ({
  id: claims.sub, email: claims.email, organization: claims.org_id, roles: claims.roles, permissions: claims.permissions,
  scopes: claims.scope?.split(' '),
});

/** A verifier of our keys for the SDKs, which bring none: jose with its remote key set, as WorkOS documents it. */
async function verifier(toError) {
  const { createRemoteJWKSet, jwtVerify } = await import('jose');
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`));
  return {
    async verifyAccessToken(token) {
      try {
        const { payload } = await jwtVerify(token, keys, { issuer, audience: resource, algorithms: ['RS256'] });
        return { token, clientId: payload.client_id ?? 'none', scopes: payload.scope.split(' '), expiresAt: payload.exp, extra: payload };
      } catch (error) {
        throw toError(error.message);
      }
    },
  };
}

/** The official server with our tool, and what lets in whoever has a token, by the given maker of such gates. */
async function officialServer(requireBearerAuth) {
  const { createMcpHandler, McpServer, OAuthError, OAuthErrorCode } = await import('@modelcontextprotocol/server');
  const { z } = await import('zod');
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'peer', version: '1' });
    server.registerTool(tool.name, { description: tool.description, inputSchema: z.object({}) },
                        async (_, context) => answer(profileOf(context.http.authInfo.extra)));
    return server;
  });
  const bearer = requireBearerAuth({ verifier: await verifier((text) => new OAuthError(OAuthErrorCode.InvalidToken, text)) });
  return { handler, bearer };
}

const kinds = {
  async 'mcp-use'() {
    const { MCPServer } = await import('mcp-use');
    const { oauthWorkOSProvider } = await import('mcp-use/oauth/workos');
    const server = new MCPServer({ name: 'peer', version: '1', oauth: oauthWorkOSProvider({ subdomain: issuer }) });
    server.tool(tool, async (_, { auth }) => answer({
      id: auth.user.userId, email: auth.user.email, organization: auth.user.organizationId, roles: auth.user.roles,
      permissions: auth.permissions, scopes: auth.scopes,
    }));
    await server.listen(port);
  },

  async documents() {
    const { MCPServer } = await import('mcp-use');
    const { oauthWorkOSProvider } = await import('mcp-use/oauth/workos');
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(process.argv[5]);
    database.pragma('journal_mode = WAL');
    database.exec(`CREATE TABLE IF NOT EXISTS document (id TEXT PRIMARY KEY, organization TEXT, title TEXT, text TEXT, updated_ms INTEGER);
                   CREATE INDEX IF NOT EXISTS newest ON document (organization, updated_ms DESC)`);
    const insert = database.prepare('INSERT INTO document VALUES (?, ?, ?, ?, ?)');
    const list = database.prepare('SELECT id, title, updated_ms FROM document WHERE organization = ? ORDER BY updated_ms DESC LIMIT 100');
    const seeded = new Set();
    const server = new MCPServer({ name: 'peer', version: '1', oauth: oauthWorkOSProvider({ subdomain: issuer }) });
    server.tool({ name: 'get-documents', description: 'Documents of your organization.' }, async (_, { auth }) => {
      const organization = auth.user.organizationId;
      for (let i = 0; !seeded.has(organization) && i < 10; ++i)
        insert.run(randomUUID(), organization, `Document ${i}`, 'text', Date.now());
      seeded.add(organization);
      return answer({ documents: list.all(organization).map((one) => (
        { id: one.id, title: one.title, updatedAt: new Date(one.updated_ms).toISOString() })) });
    });
    await server.listen(port);
  },

  async server() {
    const { createMcpExpressApp, requireBearerAuth } = await import('@modelcontextprotocol/express');
    const { toNodeHandler } = await import('@modelcontextprotocol/node');
    const { handler, bearer } = await officialServer(requireBearerAuth);
    const handle = toNodeHandler(handler);
    const app = createMcpExpressApp();
    app.all('/mcp', bearer, (request, response) => handle(request, response, request.body));
    app.listen(port, '127.0.0.1');
  },

  async bun() {
    const { requireBearerAuth } = await import('@modelcontextprotocol/server');
    const { handler, bearer } = await officialServer(requireBearerAuth);
    Bun.serve({
      port, hostname: '127.0.0.1',
      async fetch(request) {
        if (new URL(request.url).pathname !== '/mcp')
          return new Response(null, { status: 404 });
        const authInfo = await bearer(request);
        return authInfo instanceof Response ? authInfo : handler.fetch(request, { authInfo });
      },
    });
  },

  async sdk() {
    const { default: express } = await import('express');
    const { requireBearerAuth } = await import('@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js');
    const { InvalidTokenError } = await import('@modelcontextprotocol/sdk/server/auth/errors.js');
    const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
    const { StreamableHTTPServerTransport } = await import('@modelcontextprotocol/sdk/server/streamableHttp.js');
    const sessions = new Map();
    const app = express();
    const bearer = requireBearerAuth({ verifier: await verifier((text) => new InvalidTokenError(text)) });
    app.all('/mcp', bearer, express.json(), async (request, response) => {
      let transport = sessions.get(request.headers['mcp-session-id']);
      if (!transport) {
        transport = new StreamableHTTPServerTransport({
          sessionIdGenerator: randomUUID, enableJsonResponse: true,
          onsessioninitialized: (id) => sessions.set(id, transport),
        });
        const server = new McpServer({ name: 'peer', version: '1' });
        server.registerTool(tool.name, { description: tool.description },
                            async (context) => answer(profileOf(context.authInfo.extra)));
        await server.connect(transport);
      }
      await transport.handleRequest(request, response, request.body);
    });
    app.listen(port, '127.0.0.1');
  },
};

await kinds[kind]();
