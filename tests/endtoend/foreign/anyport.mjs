// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded before a server that wants a port of its own choice: it gets a free one, and says which.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => console.log(`listens on ${this.address().port}`));
  return listen.call(this, process.env.KEEP_PORTS ? port : 0, ...rest);
};
