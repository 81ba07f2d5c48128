// SPDX-License-Identifier: GPL-3.0-or-later
// The official client of the second generation signs in and calls, in both eras of the protocol.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

import { withServer } from './gatehouse.mjs';
import { expectRefresh, loginAndCall } from './signin.mjs';

const serveArguments = ['--auto-sign-in', 'ada@example.com', '--token-lifetime', '1'];

const modes = [['2025 initialize', 'legacy'], ['negotiated', 'auto'], ['2026-07-28', { pin: '2026-07-28' }]];

test('login, call and refresh', { concurrency: true }, (all) => Promise.all(modes.map(([name, mode]) =>
  all.test(name, () => withServer(serveArguments, async (server) => {
    assert.equal(server.sandbox, true);
    const signedIn = await loginAndCall({
      server,
      makeClient: () => new Client({ name: 'endtoend', version: '2' }, { versionNegotiation: { mode } }),
      makeTransport: (url, authProvider) => new StreamableHTTPClientTransport(url, { authProvider }),
      isUnauthorized: (error) => findUnauthorized(error),
      finish: (transport, callback) => transport.finishAuth(callback),
    });
    await expectRefresh(signedIn, server);
    await signedIn.client.close();
  })))));

// Negotiation wraps what stopped it.
function findUnauthorized(error) {
  for (let cause = error; cause; cause = cause.cause ?? cause.data?.cause) {
    if (cause instanceof UnauthorizedError)
      return true;
  }
  throw error;
}
