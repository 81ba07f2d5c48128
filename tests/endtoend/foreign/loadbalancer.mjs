// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy with the configuration of the documentation, between a client and several instances.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = '/usr/sbin/haproxy';
export const isThere = existsSync(program);

/** An address that is taken from now on; once `start` is over, HAProxy answers there for servers on these ports. */
export async function loadBalancer() {
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const host = `127.0.0.1:${listener.address().port}`;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-haproxy-'));
  const control = join(folder, 'admin.sock');
  let child;
  let said = '';
  const ask = async (command) => {
    const socket = connect(control);
    socket.end(`${command}\n`);
    return (await socket.setEncoding('utf8').toArray()).join('');
  };
  return {
    url: `http://${host}/mcp`,
    said: () => said,
    async start(ports) {
      let text = readFileSync(process.env.LOAD_BALANCER, 'utf8');
      const replace = (from, to) => {
        assert.ok(text.includes(from), `the configuration of the documentation has no "${from}"`);
        text = text.replaceAll(from, to);
      };
      replace('bind :443 ssl crt /etc/haproxy/mcp.example.com.pem', 'bind fd@3'); // The listener.
      replace('mcp.example.com', host);
      replace('/run/haproxy/admin.sock', control);
      ports.forEach((port, number) => replace(`10.0.0.${number + 1}:3000`, `127.0.0.1:${port}`));
      const file = join(folder, 'haproxy.cfg');
      writeFileSync(file, text);
      child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe', listener._handle.fd] });
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (part) => { said += part; });
      listener.close(); // HAProxy has its own.
      while ((await fetch(`http://${host}/.well-known/oauth-protected-resource/mcp`)).status === 503)
        await new Promise((resolve) => setTimeout(resolve, 20)); // Until it has looked at the first of them.
    },
    /** Says something to HAProxy as its administrator does. */
    async tell(command) {
      assert.equal((await ask(command)).trim(), '', command);
    },
    /** Waits until HAProxy has looked at a server since it was told that it is ready, and sends it calls again. */
    async isUp(server) {
      let states;
      for (let tries = 0; tries < 500; tries += 1) {
        states = (await ask('show stat')).split('\n').map((line) => line.split(','));
        const [status, name] = ['status', 'svname'].map((column) => states[0].indexOf(column));
        if (states.some((line) => line[name] === server && line[status].startsWith('UP')))
          return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.fail(`${server} is not up: ${JSON.stringify(states)}`);
    },
    async stop() {
      if (child) {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
