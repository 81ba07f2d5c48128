// SPDX-License-Identifier: GPL-3.0-or-later
// client.mjs GATEHOUSE BENCH_CLIENT [SECONDS [ROUNDS]]: our client beside the official one, one call after the other over one
// connection, against one Gatehouse; rounds interleaved, medians. With a first word "official URL TOKEN SECONDS REVISION" it is
// the official client itself.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [first, ...more] = process.argv.slice(2);

async function official(url, token, seconds, revision) {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const client = new Client({ name: 'bench', version: '1' },
    { versionNegotiation: { mode: revision === '2026-07-28' ? { pin: revision } : 'legacy' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));
  for (const warm = performance.now(); performance.now() - warm < 2000;)
    await client.callTool({ name: 'get-profile', arguments: {} });
  const begun = performance.now();
  let calls = 0;
  for (; performance.now() - begun < seconds * 1000; ++calls)
    await client.callTool({ name: 'get-profile', arguments: {} });
  console.log(Math.round(calls * 1000 / (performance.now() - begun)));
  await client.close();
  process.exit(0);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function compare(gatehouse, ours, secondsText = '3', roundsText = '3') {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const environment = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, LC_ALL: 'C.UTF-8' };
  const server = spawn(gatehouse, ['serve', '--json', '--port', '0', '--sandbox-port', '0'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const ready = await new Promise((resolve) => lines.once('line', (line) => resolve(JSON.parse(line))));
  lines.on('line', () => {});
  const token = spawnSync(gatehouse, ['token', '--issuer', ready.issuer, '--resource', ready.mcp, '--ttl', '3600'],
                          { env: environment, encoding: 'utf8' }).stdout.trim();
  const run = (command, args) => {
    const { stdout, stderr, status } = spawnSync(command, args, { env: environment, encoding: 'utf8' });
    if (status !== 0)
      throw new Error(stderr);
    return Number(stdout);
  };
  console.log('| revision | Gatehouse: calls/s | official client 2.4.0: calls/s | times |\n|---|---|---|---|');
  for (const revision of ['2026-07-28', '2025-11-25']) {
    const rates = { ours: [], theirs: [] };
    for (let round = 0; round < Number(roundsText); ++round) {
      rates.ours.push(run(ours, [ready.mcp, token, secondsText, revision]));
      rates.theirs.push(run(process.execPath, [process.argv[1], 'official', ready.mcp, token, secondsText, revision]));
    }
    const [mine, theirs] = [median(rates.ours), median(rates.theirs)];
    console.log(`| ${revision} | ${mine} | ${theirs} | ${(mine / theirs).toFixed(1)} |`);
  }
  server.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
}

await (first === 'official' ? official(...more) : compare(first, ...more));
