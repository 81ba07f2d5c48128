// SPDX-License-Identifier: GPL-3.0-or-later
// The official client of the first generation, as most programs in use today contain it, signs in and calls.
import { test } from 'node:test';

import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { withServer } from './gatehouse.mjs';
import { expectRefresh, loginAndCall } from './signin.mjs';

test('login, call and refresh', () => withServer(['--auto-sign-in', 'ada@example.com', '--token-lifetime', '1'], async (server) => {
  const signedIn = await loginAndCall({
    server,
    makeClient: () => new Client({ name: 'endtoend', version: '1' }),
    // Its stream ends with its token. Opened again at the moment of a call, both would use the one refresh token, and the second
    // would end the sign-in: this generation of the client does not wait for itself.
    makeTransport: (url, authProvider) => new StreamableHTTPClientTransport(url, {
      authProvider,
      reconnectionOptions: { initialReconnectionDelay: 60_000, maxReconnectionDelay: 60_000, reconnectionDelayGrowFactor: 1, maxRetries: 1 },
    }),
    isUnauthorized: (error) => {
      if (error instanceof UnauthorizedError)
        return true;
      throw error;
    },
    finish: (transport, callback) => transport.finishAuth(callback.get('code'), callback.get('iss') ?? undefined),
  });
  await expectRefresh(signedIn, server);
  await signedIn.client.close();
}));
