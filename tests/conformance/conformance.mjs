// SPDX-License-Identifier: GPL-3.0-or-later
// conformance.mjs open|auth|instances: runs the official suite against everything_server, without authorization, behind
// the sandbox, and against two instances behind a load balancer. The suite cannot send a token, so a proxy adds it. What
// has to pass is written here; it only grows.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { sandbox } from './gatehouse.mjs';
import { isThere, loadBalancer } from './loadbalancer.mjs';

const [mode] = process.argv.slice(2);
const suite = join(import.meta.dirname, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** Scenarios that count, and those beside them that have to pass all the same. */
const required = {
  '2025-11-25': { scored: 30, unscored: ['server-session-lifecycle', 'json-schema-2020-12', 'server-sse-polling'] },
  '2026-07-28': { scored: 37, unscored: [
    'json-schema-2020-12', 'http-header-validation', 'http-custom-header-server-validation', 'tasks-lifecycle',
    'tasks-capability-negotiation', 'tasks-wire-fields', 'tasks-request-state-removal', 'tasks-mrtr-input',
    'tasks-request-headers', 'tasks-dispatch-and-envelope', 'tasks-required-task-error', 'tasks-mrtr-composition'] },
};
/** Checks that the suite itself never carries out: its harness waits for a rewrite. */
const skippedBySuite = ['tasks-status-notifications'];
/** What an instance offers changes in that instance: these change it at one and listen at the other. */
const ofOneInstance = mode === 'instances' ? ['sep-2575-server-sends-prompts-list-changed-on-subscription',
                                              'sep-2575-server-sends-tools-list-changed-on-subscription'] : [];

/** One instance; with a published address, it prints its port. */
async function everything(args) {
  const child = spawn(process.env.EVERYTHING_SERVER, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const seen = [];
  for await (const line of lines) {
    seen.push(line);
    if (seen.length === (args.includes('--auth') ? 2 : 1)) break;
  }
  return { url: seen[0], issuer: seen[1], async stop() {
    child.stdin.end();
    const [code] = await once(child, 'close');
    assert.equal(code, 0, 'everything_server ends cleanly');
  } };
}

/** Forwards everything as it is, with a token. */
async function proxy(target, token) {
  const { port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, agent,
                             headers: [...incoming.rawHeaders, 'Authorization', `Bearer ${token}`] }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    outgoing.on('close', () => onward.destroy());
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return { url: `http://localhost:${server.address().port}/mcp`,
           stop() { server.closeAllConnections(); server.close(); agent.destroy(); } };
}

/** Two of them behind a load balancer that gives them requests by turns. */
async function instances() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-instances-'));
  writeFileSync(join(folder, 'key'), randomBytes(32).toString('base64'));
  const [balancer, issuing] = await Promise.all([loadBalancer(), sandbox()]);
  const all = await Promise.all([1, 2].map(() => everything(['--subdomain', issuing.issuer, '--resource', balancer.url,
                                                             '--state-key-file', join(folder, 'key')])));
  await balancer.start(all.map(({ url }) => url));
  return { url: balancer.url, issuer: issuing.issuer, async stop() {
    await balancer.stop();
    await Promise.all([...all, issuing].map((one) => one.stop()));
    rmSync(folder, { recursive: true });
  } };
}

if (mode === 'instances' && !isThere) {
  console.log('SKIP   : conformance/instances There is no HAProxy here');
  process.exit(0);
}
const server = mode === 'instances' ? await instances() : await everything(mode === 'auth' ? ['--auth'] : []);
let url = server.url;
let between;
if (mode !== 'open') {
  const token = execFileSync(process.env.GATEHOUSE,
    ['token', '--issuer', server.issuer, '--resource', server.url, '--ttl', '3600'], { encoding: 'utf8' }).trim();
  assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 401, 'the gate is closed without a token');
  between = await proxy(server.url, token);
  url = between.url;
}

const faults = [];
for (const [revision, { scored, unscored }] of Object.entries(required)) {
  const out = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
  // It ends with 1 where a scored scenario fails.
  const run = spawn(process.execPath, [suite, 'server', '--url', url, '--requirements', revision, '-o', out],
                    { stdio: ['ignore', 'pipe', 'inherit'], timeout: 120_000 });
  let text = '';
  run.stdout.setEncoding('utf8').on('data', (part) => { text += part; });
  const [code] = await once(run, 'close');
  const summary = text.slice(text.lastIndexOf('=== SUMMARY ==='));
  const results = new Map([...summary.matchAll(/^([✓✗]) ([^:\n]+): (\d+) passed, (\d+) failed$/gm)]
    .map(([, sign, name, passed]) => [name, sign === '✓' && Number(passed) > 0]));
  const beside = new Set([...summary.matchAll(/^ {2}[✓✗] (\S+) \(/gm)].map(([, name]) => name));
  const counting = [...results].filter(([name]) => !beside.has(name));
  const good = counting.filter(([, passed]) => passed).length;
  console.log(`${revision}: ${good} of ${counting.length} scored scenarios pass, `
    + `${[...beside].filter((name) => results.get(name)).length} of ${beside.size} beside them`);
  if (code !== 0 || good !== scored || counting.length !== scored)
    faults.push(`${revision}: ${scored} scored scenarios have to pass; the suite ended with ${code}\n${summary}`);
  for (const name of unscored) {
    if (!results.get(name))
      faults.push(`${revision}: ${name} has to pass\n${summary}`);
  }
  // A warning is what the specification recommends and we do not do.
  for (const folder of readdirSync(out)) {
    for (const check of JSON.parse(readFileSync(join(out, folder, 'checks.json'), 'utf8'))) {
      const isSkip = check.status === 'SKIPPED' && !skippedBySuite.includes(check.id);
      const counts = results.get(folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*/, ''));
      const isWarning = check.status === 'WARNING' && !ofOneInstance.includes(check.id);
      if (counts && (isWarning || isSkip))
        faults.push(`${revision}: ${folder}: ${check.id} ${check.status}: ${check.errorMessage}`);
    }
  }
  rmSync(out, { recursive: true });
}
between?.stop();
await server.stop();
assert.deepEqual(faults, []);
