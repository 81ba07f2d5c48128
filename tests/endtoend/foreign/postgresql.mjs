// SPDX-License-Identifier: GPL-3.0-or-later
// A PostgreSQL of the test's own, in a folder of its own, reached by a socket in it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const versions = (() => {
  try {
    return readdirSync('/usr/lib/postgresql').sort((a, b) => a - b);
  } catch {
    return [];
  }
})();
export const isThere = versions.length > 0;

/** Started, with one database: { address, stop() }. */
export function postgresql() {
  const folder = mkdtempSync('/tmp/gatehouse-pg-'); // A socket's name is short.
  const data = join(folder, 'data');
  // It refuses to run as root, and is then run as the user that Debian made for it.
  const isRoot = process.getuid() === 0;
  const run = (program, ...args) => {
    const command = [`/usr/lib/postgresql/${versions.at(-1)}/bin/${program}`, ...args];
    const [first, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    // A server that goes on must not keep our pipes.
    const { status, error } = spawnSync(first, rest, { cwd: folder, stdio: 'ignore' });
    assert.ok(!error && status === 0, `${command.join(' ')}: ${error ?? status}`);
  };
  if (isRoot) {
    const { uid, gid } = statSync('/var/lib/postgresql');
    chownSync(folder, uid, gid);
  }
  run('initdb', '-D', data, '-U', 'gatehouse', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
  run('pg_ctl', '-D', data, '-w', '-l', join(data, 'log'), '-o', `-k ${folder} -c listen_addresses='' -c fsync=off`, 'start');
  run('createdb', '-h', folder, '-U', 'gatehouse', 'gatehouse');
  return {
    address: `postgresql:///gatehouse?host=${folder}&user=gatehouse`,
    stop() {
      run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
