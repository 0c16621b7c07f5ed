import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.js';
import { keepChild, type Child } from './child.js';
import { EmbeddedError } from './embedded-error.js';
import { findRedisServer, tiedToParent } from './redis-binary.js';
import { keepSecret, randomSecret } from './secret-file.js';

export interface PrivateRedis extends Child {
  /** Unix socket. */
  readonly path: string;
  readonly password: string;
}

/** A redis-server of our own in `folder`, on a unix socket: append-only file, nothing evicted, password, no port. */
export const startRedis = async (place: {
  readonly folder: string;
  readonly socketDir: string;
  readonly log: Log;
}): Promise<PrivateRedis> => {
  const { folder, socketDir, log } = place;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(socketDir, 'redis.sock');
  const password = await keepSecret(join(folder, 'password'), randomSecret);
  const settings = join(folder, 'redis.conf');
  await writeFile(settings, redisSettings({ path, password, folder }), { mode: 0o600 });
  const [command, parameters] = await tiedToParent(await findRedisServer(), [settings]);
  const child = await keepChild({
    service: 'redis-server',
    log,
    spawn: async () => {
      await endLeftover(path, password);
      // A process group of its own: Ctrl-C is for the program, which ends its children in order.
      return spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    },
    isReady: (line) => /ready to accept connections/i.test(line),
  });
  return { path, password, stop: child.stop };
};

const redisSettings = (place: { path: string; password: string; folder: string }): string =>
  [
    'port 0',
    `unixsocket ${JSON.stringify(place.path)}`,
    'unixsocketperm 700',
    `dir ${JSON.stringify(place.folder)}`,
    `requirepass ${place.password}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'logfile ""',
    '',
  ].join('\n');

/** Two servers on one append-only file would ruin it: the one of a killed predecessor has to be gone first. */
const endLeftover = async (path: string, password: string): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!(await asksToEnd(path, password))) return;
    await pause(50);
  }
  throw new EmbeddedError(`An older redis-server still holds ${path} and does not end.`);
};

/** False when nobody listens there. */
const asksToEnd = (path: string, password: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect({ path });
    let met = false;
    connection.setTimeout(1000, () => connection.destroy());
    connection.on('connect', () => {
      met = true;
      connection.write(`AUTH ${password}\r\nSHUTDOWN NOSAVE\r\n`);
    });
    connection.on('error', () => connection.destroy());
    connection.on('close', () => resolve(met));
    connection.resume();
  });
