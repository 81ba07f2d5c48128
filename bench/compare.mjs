// SPDX-License-Identifier: GPL-3.0-or-later
// compare.mjs GATEHOUSE BARE [SECONDS [ROUNDS]]: measures Gatehouse beside its peers on this machine, all of them
// behind one authorization server and answering the same authenticated call, and prints docs/performance.md's tables.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [gatehouse, bare, secondsText = '4', roundsText = '3', only = ''] = process.argv.slice(2);
const seconds = Number(secondsText);
const rounds = Number(roundsText);
const here = dirname(fileURLToPath(import.meta.url));
const connectionCounts = [1, 16, 64];
const home = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const environment = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, LC_ALL: 'C.UTF-8' };
const children = new Set();
process.on('exit', () => {
  for (const child of children)
    child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function start(command, args) {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  child.errors = '';
  child.stderr.on('data', (part) => { child.errors = (child.errors + part).slice(-2000); });
  children.add(child);
  child.ended = new Promise((resolve) => child.once('close', () => { children.delete(child); resolve(); }));
  return child;
}

async function stop(child) {
  child.kill('SIGTERM');
  if (await Promise.race([child.ended.then(() => true), sleep(3000)]) !== true)
    child.kill('SIGKILL');
  await child.ended;
}

function residentMiB(child) {
  return Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

const modernCall = (name, args = {}) => ({
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' } } } }),
  headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2026-07-28',
             'Mcp-Method': 'tools/call', 'Mcp-Name': name },
});
const modern = modernCall('get-profile');
const documents = modernCall('get-documents');
const legacy = {
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get-profile', arguments: {} } }),
  headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2025-11-25' },
};
const node = process.execPath;
const bun = join(here, 'peers', 'node_modules', '@oven', 'bun-linux-x64', 'bin', 'bun');
const serve = join(here, 'peers', 'serve.mjs');
const ours = (port, issuer) => [gatehouse, ['serve', '--json', '--port', port, '--subdomain', issuer]];
const peer = (kind, runtime = node) => (port, issuer) => [runtime, [serve, kind, port, issuer]];
let files = 0;
const database = () => join(home, `${++files}.sqlite`);
const programs = [
  { name: 'Gatehouse, 2026-07-28', command: ours, call: modern },
  { name: 'Gatehouse, 2025-11-25, one session', command: ours, call: legacy, session: true },
  { name: 'mcp-use 2.5.2, WorkOS provider', command: peer('mcp-use'), call: modern },
  { name: 'official server 2.4.0, jose', command: peer('server'), call: modern },
  { name: 'the same on Bun 1.4.5, without Express', command: peer('bun', bun), call: modern },
  { name: 'official SDK 1.32.2, jose, one session', command: peer('sdk'), call: legacy, session: true },
  { name: 'Gatehouse, get-documents of 10 (SQLite)', call: documents, expects: 'Document 9', seeds: 10,
    command: (port, issuer) => { const [program, args] = ours(port, issuer); return [program, [...args, '--documents', database()]]; } },
  { name: 'mcp-use 2.5.2, the same on better-sqlite3', call: documents, expects: 'Document 9',
    command: (port, issuer) => { const [program, args] = peer('documents')(port, issuer); return [program, [...args, database()]]; } },
  { name: 'bare QHttpServer, fixed answer', command: (port) => [bare, [port]], call: modern, open: true },
].filter((program) => program.name.toLowerCase().includes(only.toLowerCase()));

/** The headers of a call with a token for this port and, where it takes one, a session. */
async function headersFor(program, port) {
  const headers = { ...program.call.headers };
  const url = `http://localhost:${port}/mcp`;
  if (!program.open)
    headers.Authorization = `Bearer ${tokenFor(url)}`;
  return headers;
}

async function openSession(program, port, headers) {
  if (!program.session)
    return;
  const url = `http://127.0.0.1:${port}/mcp`;
  const post = (body) => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const hello = await post({ jsonrpc: '2.0', id: 0, method: 'initialize', params: {
    protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } } });
  headers['Mcp-Session-Id'] = hello.headers.get('mcp-session-id');
  await hello.text();
  await (await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).text();
}

function tokenFor(resource) {
  const minted = spawnSync(gatehouse, ['token', '--issuer', issuer, '--resource', resource, '--ttl', '86400'], { env: environment, encoding: 'utf8' });
  if (minted.status !== 0)
    throw new Error(minted.stderr);
  return minted.stdout.trim();
}

/** Starts the program and waits for its first good answer; how long that took, in milliseconds. */
async function launch(program) {
  const port = await freePort();
  const headers = await headersFor(program, port);
  const begun = performance.now();
  let seeded = 0;
  const child = start(...program.command(String(port), issuer));
  const url = `http://127.0.0.1:${port}/mcp`;
  for (let isReady = false; !isReady;) {
    try {
      if (program.session && !headers['Mcp-Session-Id'])
        await openSession(program, port, headers);
      for (; seeded < (program.seeds ?? 0); ++seeded) {
        const seed = modernCall('create-document', { title: `Document ${seeded}`, text: 'text' });
        await (await fetch(url, { method: 'POST', headers: { ...headers, ...seed.headers }, body: seed.body })).text();
      }
      const response = await fetch(url, { method: 'POST', headers, body: program.call.body });
      const text = await response.text();
      isReady = response.status === 200 && (program.open || text.includes(program.expects ?? 'ada@example.com'));
      if (!isReady && performance.now() - begun > 5000)
        throw new Error(`${program.name} answers ${response.status}: ${text}`);
    } catch (error) {
      if (performance.now() - begun > 10000 || error.message.startsWith(program.name))
        throw new Error(`${program.name}: ${error.message}\n${child.errors}`);
      await sleep(2);
    }
  }
  return { child, url, headers, startMs: performance.now() - begun };
}

function wrk(running, program, connections, duration) {
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', ['-t', '1', '-c', String(connections), '-d', `${duration}s`, '--latency', '-s', join(here, 'call.lua'), running.url], {
      env: { ...environment, CALL_BODY: program.call.body, CALL_HEADERS: Object.entries(running.headers).map(([n, v]) => `${n}: ${v}`).join('\n') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (part) => { out += part; });
    child.once('close', () => {
      const rate = out.match(/Requests\/sec:\s+([\d.]+)/);
      const percentile = (name) => {
        const found = out.match(new RegExp(`${name}%\\s+([\\d.]+)(us|ms|s)`));
        return found && Number(found[1]) * { us: 0.001, ms: 1, s: 1000 }[found[2]];
      };
      const result = { rate: rate && Number(rate[1]), p50: percentile(50), p99: percentile(99) };
      if (/Non-2xx|Socket errors/.test(out) || Object.values(result).includes(null))
        return reject(new Error(`${program.name}: ${out}`));
      resolve(result);
    });
  });
}

const sandboxPort = await freePort();
const issuer = `http://127.0.0.1:${sandboxPort}`;
start(gatehouse, ['sandbox', '--port', String(sandboxPort)]);
while (!await fetch(`${issuer}/oauth2/jwks`).then((response) => response.ok, () => false))
  await sleep(20);

for (const program of programs) {
  const starts = [];
  for (let i = 0; i < 5; ++i) {
    program.running = await launch(program);
    starts.push(program.running.startMs);
    if (i < 4)
      await stop(program.running.child);
  }
  program.startMs = median(starts);
  program.idleMiB = residentMiB(program.running.child);
  program.results = new Map(connectionCounts.map((count) => [count, []]));
  await wrk(program.running, program, 16, 2); // Warm: just-in-time compilers get their chance.
  console.error(`${program.name}: ready in ${program.startMs.toFixed(0)} ms`);
}
for (let round = 0; round < rounds; ++round) {
  for (const connections of connectionCounts) {
    for (const program of programs)
      program.results.get(connections).push(await wrk(program.running, program, connections, seconds));
  }
  console.error(`round ${round + 1} of ${rounds}`);
}
for (const program of programs)
  program.loadMiB = residentMiB(program.running.child);

const of = (program, connections, key) => median(program.results.get(connections).map((result) => result[key]));
const round = (value, digits = 0) => value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits ? '' : ',');
console.log(`${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.version}, ${rounds} rounds of ${seconds} s, medians.\n`);
console.log(`| program | ${connectionCounts.map((n) => `${n}: calls/s | p50 ms | p99 ms`).join(' | ')} | start ms | idle MiB | loaded MiB |`);
console.log(`|---|${'---|'.repeat(connectionCounts.length * 3 + 3)}`);
for (const program of programs) {
  const cells = connectionCounts.flatMap((n) => [round(of(program, n, 'rate')), round(of(program, n, 'p50'), 2), round(of(program, n, 'p99'), 2)]);
  console.log(`| ${[program.name, ...cells, round(program.startMs), round(program.idleMiB), round(program.loadMiB)].join(' | ')} |`);
}
console.log(`\n| calls per second of Gatehouse (2026-07-28), as a multiple of | ${connectionCounts.map((n) => `${n} connections`).join(' | ')} |`);
console.log(`|---|${'---|'.repeat(connectionCounts.length)}`);
for (const program of programs.slice(1))
  console.log(`| ${[program.name, ...connectionCounts.map((n) => round(of(programs[0], n, 'rate') / of(program, n, 'rate'), 2))].join(' | ')} |`);
const ofDocuments = programs.filter((program) => program.call === documents);
if (ofDocuments.length === 2) {
  console.log(`\nget-documents of 10: ${connectionCounts.map((n) => `${round(of(ofDocuments[0], n, 'rate') / of(ofDocuments[1], n, 'rate'), 2)} × mcp-use at ${n}`).join(', ')}`);
}
for (const child of [...children])
  await stop(child);
