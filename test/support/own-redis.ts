/** A redis-server of one test, which can be killed, emptied, set back, frozen and starved; nothing restarts it by itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer, tiedToParent } from '../../src/embedded/redis-binary.js';
import { freePort } from './free-port.js';

export interface OwnRedis {
  readonly address: { readonly path: string; readonly password: string };
  /** For a program of its own: the same server as REDIS_URL names one. */
  readonly url: string;
  /** Like a power cut. */
  readonly kill: () => Promise<void>;
  /** Starts it on what its append-only file says, on nothing, or on what the file said at `copyData`. */
  readonly start: (on?: 'its data' | 'nothing' | 'the copy') => Promise<void>;
  /** It stands still with its connections open, and goes on. */
  readonly freeze: () => Promise<void>;
  readonly thaw: () => Promise<void>;
  readonly copyData: () => Promise<void>;
  readonly command: (...words: readonly string[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const password = 'a-password-of-the-tests';

export async function startOwnRedis(): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'dct-redis-'));
  const path = join(folder, 'redis.sock');
  const [data, copy] = [join(folder, 'appendonlydir'), join(folder, 'copy')];
  const settings = join(folder, 'redis.conf');
  const port = await freePort();
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `unixsocket ${path}`,
    `dir ${folder}`,
    `requirepass ${password}`,
  ];
  const kept = ['appendonly yes', 'appendfsync always', 'save ""', 'maxmemory-policy noeviction'];
  await writeFile(settings, [...lines, ...kept, ''].join('\n'));
  const [program, parameters] = await tiedToParent(await findRedisServer(), [settings]);
  let child: ChildProcess | undefined;

  const start: OwnRedis['start'] = async (on = 'its data') => {
    if (on !== 'its data') await rm(data, { recursive: true, force: true });
    if (on === 'the copy') await cp(copy, data, { recursive: true });
    const started = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.once('exit', () => reject(new Error('redis-server ended at once')));
      started.stdout.on('data', (text: Buffer) => {
        if (/ready to accept connections/i.test(text.toString())) resolve();
      });
    });
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    address: { path, password },
    url: `redis://:${password}@127.0.0.1:${port}`,
    kill,
    start,
    freeze: async () => void child?.kill('SIGSTOP'),
    thaw: async () => void child?.kill('SIGCONT'),
    copyData: async () => await cp(data, copy, { recursive: true }),
    command: async (name = '', ...words) => {
      const redis = new Redis({ path, password, maxRetriesPerRequest: 1 });
      redis.on('error', () => undefined);
      try {
        return await redis.call(name, ...words);
      } finally {
        redis.disconnect();
      }
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
