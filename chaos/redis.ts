/** The broker: a redis-server with an append-only file, killed and started again on the same file or on none. */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { findRedisServer, tiedToParent } from '../src/embedded/redis-binary.js';
import { watch, type Process } from './child.js';

export interface Broker {
  readonly url: string;
  /** Of the one that runs now. */
  readonly pid: () => number;
  /** Kills it and, after a while in which there is none, starts it with what it had, or with nothing. */
  readonly killAndRestart: (again: { readonly awayMs: number; readonly empty: boolean }) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startBroker(folder: string): Promise<Broker> {
  const port = await freePort();
  const run = async (): Promise<Process> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const how = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
    const [command, args] = await tiedToParent(await findRedisServer(), [...where, ...how]);
    const started = watch(spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] }), {
      onLine: () => undefined,
    });
    while (!(await answers(port))) await pause(20);
    return started;
  };
  let running = await run();
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => running.child.pid ?? 0,
    killAndRestart: async ({ awayMs, empty }) => {
      await running.kill();
      if (empty) await rm(folder, { recursive: true, force: true });
      await pause(awayMs);
      running = await run();
    },
    stop: async () => await running.kill(),
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => (port === undefined ? reject(new Error('no free port')) : resolve(port)));
    });
  });
