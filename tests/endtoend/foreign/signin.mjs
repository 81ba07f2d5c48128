// SPDX-License-Identifier: GPL-3.0-or-later
// What both generations of the official client need from the program that uses them, and what both must find.
import assert from 'node:assert/strict';

import { initialize, post } from './gatehouse.mjs';

const redirectUrl = 'http://127.0.0.1:33418/callback';

/** An OAuthClientProvider that keeps everything in memory and signs in without a browser. */
export class Provider {
  stored = {};
  registrations = 0;

  get redirectUrl() { return redirectUrl; }
  get clientMetadata() {
    return {
      client_name: 'Gatehouse end-to-end test',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    };
  }
  state() { return this.stored.state ??= crypto.randomUUID(); }
  clientInformation() { return this.stored.client; }
  saveClientInformation(client) { this.stored.client = client; this.registrations += 1; }
  tokens() { return this.stored.tokens; }
  saveTokens(tokens) { this.stored.tokens = tokens; }
  saveCodeVerifier(verifier) { this.stored.verifier = verifier; }
  codeVerifier() { return this.stored.verifier; }
  saveDiscoveryState(discovered) { this.stored.discovery = discovered; }
  discoveryState() { return this.stored.discovery; }
  authorizations = 0;
  async redirectToAuthorization(url) {
    this.authorizations += 1;
    this.callback = await authorize(url, this.stored.state);
  }
}

/** Follows the authorization server's redirects up to the callback, which nobody has to listen on. */
async function authorize(start, state) {
  let url = new URL(start);
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  for (let hops = 0; hops < 10; hops += 1) {
    const answer = await fetch(url, { redirect: 'manual' });
    const location = answer.headers.get('location');
    assert.ok(answer.status >= 300 && answer.status < 400 && location,
              `authorize answered ${answer.status} without a redirect: ${await answer.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(redirectUrl)) {
      assert.equal(url.searchParams.get('error'), null, url.href);
      assert.equal(url.searchParams.get('state'), state);
      return url.searchParams;
    }
  }
  throw new Error('more than ten redirects');
}

/** The refusal that starts every sign-in, and where it leads. */
export async function expectChallenge(server) {
  const refused = await post(server.mcp, initialize);
  assert.equal(refused.status, 401);
  const challenge = refused.headers.get('www-authenticate');
  assert.match(challenge, /^Bearer /);
  const metadataUrl = challenge.match(/resource_metadata="([^"]+)"/)?.[1];
  assert.ok(metadataUrl, `no resource_metadata in: ${challenge}`);
  const metadata = await (await fetch(metadataUrl)).json();
  assert.equal(metadata.resource, server.mcp);
  assert.deepEqual(metadata.authorization_servers, [server.issuer]);
}

/** The claims of Ada at Acme, whom --auto-sign-in signs in. */
export function expectAda(result) {
  assert.ok(!result.isError, JSON.stringify(result));
  const profile = result.structuredContent;
  assert.ok(profile, `no structuredContent in ${JSON.stringify(result)}`);
  assert.deepEqual(JSON.parse(result.content[0].text), profile, 'the text repeats the structured content');
  assert.equal(profile.email, 'ada@example.com');
  assert.equal(profile.emailVerified, true);
  assert.equal(profile.name, 'Ada Lovelace');
  assert.equal(profile.userId, 'user_01J00000000000000000000ADA');
  assert.equal(profile.organizationId, 'org_01J0000000000000000000ACME');
  assert.equal(profile.verified, true);
  assert.deepEqual(profile.roles, ['admin']);
  assert.deepEqual(profile.permissions, ['documents:read', 'documents:write', 'members:manage']);
  assert.deepEqual([...profile.scopes].sort(), ['email', 'offline_access', 'openid', 'profile']);
}

/** From a bare address to a client that is signed in, with the parts of the client's generation handed in. */
export async function signIn({ server, makeClient, makeTransport, isUnauthorized, finish }) {
  await expectChallenge(server);

  const provider = new Provider();
  const first = makeTransport(new URL(server.mcp), provider);
  await assert.rejects(makeClient().connect(first), isUnauthorized);
  assert.equal(provider.registrations, 1, 'registered once');
  assert.ok(provider.callback?.get('code'), 'came back with a code');
  await finish(first, provider.callback);
  assert.ok(provider.stored.tokens?.access_token);

  const client = makeClient();
  const transport = makeTransport(new URL(server.mcp), provider);
  await client.connect(transport);
  assert.equal(provider.authorizations, 1);
  return { client, provider };
}

/** The same, and what the program's own tool says of whoever signed in. */
export async function loginAndCall(parts) {
  const signedIn = await signIn(parts);
  const { tools } = await signedIn.client.listTools();
  assert.ok(tools.some((tool) => tool.name === 'get-profile'), JSON.stringify(tools));
  expectAda(await signedIn.client.callTool({ name: 'get-profile', arguments: {} }));
  assert.equal(signedIn.provider.authorizations, 1);
  return signedIn;
}

/** What the server prints comes a moment after its answers. */
async function until(holds, what) {
  for (let tries = 0; tries < 100 && !holds(); tries += 1)
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.ok(holds(), what);
}

/** Calls again after the token's end: the client must fetch a new one by itself, without another sign-in. */
export async function expectRefresh({ client, provider }, server) {
  const before = provider.stored.tokens;
  const claims = JSON.parse(Buffer.from(before.access_token.split('.')[1], 'base64url'));
  assert.ok(before.refresh_token, 'offline_access brought a refresh token');
  const end = (claims.exp + 10) * 1000 + 500; // Our server allows for ten seconds of clock difference.
  await new Promise((resolve) => { setTimeout(resolve, Math.max(0, end - Date.now())); });
  expectAda(await client.callTool({ name: 'get-profile', arguments: {} }));
  const after = provider.stored.tokens;
  assert.notEqual(after.access_token, before.access_token);
  assert.notEqual(after.refresh_token, before.refresh_token, 'refresh tokens rotate');
  assert.equal(provider.authorizations, 1, 'nobody had to sign in again');
  assert.equal(provider.registrations, 1);
  await until(() => server.events.some((event) => event.reason === 'expired'), 'the gate saw the expired token');
}
