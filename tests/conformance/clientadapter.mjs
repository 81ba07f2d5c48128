// SPDX-License-Identifier: GPL-3.0-or-later
// clientadapter.mjs URL: what the official suite wants of a client in one scenario, as commands of ours. It decides nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO;
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const home = mkdtempSync(join(tmpdir(), 'gatehouse-client-'));

function gatehouse(...args) {
  const { status, stdout, stderr } = spawnSync(process.env.GATEHOUSE, [...args, '--browser', 'none'], {
    encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home,
           DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', QT_QPA_PLATFORM: 'offscreen' },
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return { status, stdout };
}
const call = (tool, args = {}, ...more) => gatehouse('call', url, tool, JSON.stringify(args), ...more).status;

/** Whose client it is: a person knows that; the suite only has it in its metadata. */
async function issuer() {
  const { pathname } = new URL(url);
  const metadata = await fetch(new URL(`/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`, url));
  return (await metadata.json()).authorization_servers[0];
}

let files = 0;
function file(text) {
  const path = join(home, `file-${++files}`);
  writeFileSync(path, text);
  return path;
}

const own = {
  initialize: () => gatehouse('login', url).status,
  'request-metadata': () => gatehouse('login', url).status,
  'json-schema-ref-no-deref': () => gatehouse('login', url).status,
  tools_call: () => call('add_numbers', { a: 5, b: 3 }),
  'elicitation-sep1034-client-defaults': () => call('test_client_elicitation_defaults', {}, '--answer', 'accept'),
  'sse-retry': () => call('test_reconnection'),
  'json-schema-2020-12-preservation': () => call('json_schema_echo',
    { schema: JSON.parse(gatehouse('tools', url, 'json_schema_2020_12_tool', '--json').stdout).inputSchema }),
  'http-custom-headers': () => Math.max(...context.toolCalls.map((one) => call(one.name, one.arguments))),
  'http-invalid-tool-headers': () => call('valid_tool', { region: 'us-west1' }),
  'sep-2322-client-request-state': () => Math.max(...['test_mrtr_echo_state', 'test_mrtr_unrelated', 'test_mrtr_no_state',
    'test_mrtr_no_result_type'].map((tool) => call(tool, {}, '--answer', '{"confirmed":true,"name":"Ada"}'))),
  'auth/basic-cimd': () => call('test-tool', {}, '--client-metadata-url', 'https://conformance-test.local/client-metadata.json'),
  'auth/client-credentials-basic': async () => call('test-tool', {}, '--grant', 'client_credentials', '--client-id', context.client_id,
    '--client-secret', context.client_secret, '--issuer', await issuer()),
  'auth/client-credentials-jwt': async () => call('test-tool', {}, '--grant', 'client_credentials', '--client-id', context.client_id,
    '--client-key', file(context.private_key_pem), '--client-key-algorithm', context.signing_algorithm, '--issuer', await issuer()),
  'auth/wif-jwt-bearer': async () => call('test-tool', {}, '--grant', 'jwt-bearer', '--assertion', file(context.valid_jwt), '--issuer', await issuer()),
  'auth/enterprise-managed-authorization': async () => call('test-tool', {}, '--grant', 'enterprise', '--client-id', context.client_id,
    '--client-secret', context.client_secret, '--issuer', await issuer(), '--id-token', file(context.idp_id_token),
    '--idp-token-endpoint', context.idp_token_endpoint),
  'auth/dpop': () => call('test-tool', {}, '--dpop'),
  'auth/dpop-nonce': () => call('test-tool', {}, '--dpop'),
  'auth/pre-registration': async () => call('test-tool', {}, '--client-id', context.client_id,
    '--client-secret', context.client_secret, '--issuer', await issuer()),
};
const status = await (own[scenario] ?? (() => call('test-tool')))();
rmSync(home, { recursive: true, force: true });
process.exit(status);
