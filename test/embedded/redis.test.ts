import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startRedis } from '../../src/embedded/redis.js';
import { createLog } from '../../src/log.js';

const log = createLog('silent');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = () => ({ folder: join(folder, 'redis'), socketDir: folder, log });

const connectTo = ({ path, password }: { path: string; password: string }): Redis => {
  const client = new Redis({ path, password, maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  return client;
};

const pidOf = async (client: Redis): Promise<number> =>
  Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);

/** A zombie that nobody has collected yet is not alive. */
const isAlive = async (pid: number): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return state !== '' && !/\) Z /.test(state);
};

describe('the private redis-server', () => {
  test('is append-only, evicts nothing, listens on no port and asks for its password', async () => {
    const redis = await startRedis(place());
    const client = connectTo(redis);
    const setting = async (name: string): Promise<string | undefined> => {
      const answer = await client.config('GET', name);
      return answer[1];
    };
    expect(await setting('appendonly')).toBe('yes');
    expect(await setting('maxmemory-policy')).toBe('noeviction');
    expect(await setting('port')).toBe('0');
    expect((await stat(redis.path)).mode & 0o077).toBe(0);
    const stranger = connectTo({ path: redis.path, password: 'wrong' });
    await expect(stranger.get('a')).rejects.toThrow(/NOAUTH|WRONGPASS/);
    stranger.disconnect();
    client.disconnect();
    await redis.stop();
  });

  test('comes back by itself after kill -9 with everything that was acknowledged', async () => {
    const redis = await startRedis(place());
    const client = connectTo(redis);
    await Promise.all(Array.from({ length: 500 }, (_, n) => client.set(`k${n}`, n)));
    const pid = await pidOf(client);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await pidOf(client)).not.toBe(pid), { timeout: 10_000 });
    expect(await client.dbsize()).toBe(500);
    client.disconnect();
    await redis.stop();
  });

  test('keeps its data and its password over a restart, and stop ends it', async () => {
    const first = await startRedis(place());
    const writer = connectTo(first);
    await writer.set('a', '1');
    const pid = await pidOf(writer);
    writer.disconnect();
    await first.stop();
    expect(await isAlive(pid)).toBe(false);
    const second = await startRedis(place());
    const reader = connectTo(second);
    expect(await reader.get('a')).toBe('1');
    expect(second.password).toBe(first.password);
    reader.disconnect();
    await second.stop();
  });

  test('does not outlive a program that was killed, and the next start never runs beside it', async () => {
    const program = fork(join(import.meta.dirname, 'start-redis.mjs'), [
      JSON.stringify({ ...place(), log: null }),
    ]);
    const [started] = (await once(program, 'message')) as [{ path: string; password: string }];
    const client = connectTo(started);
    await client.set('a', '1');
    const pid = await pidOf(client);
    program.kill('SIGKILL');
    const next = await startRedis(place());
    expect(await isAlive(pid)).toBe(false);
    await vi.waitFor(async () => expect(await client.get('a')).toBe('1'), { timeout: 10_000 });
    client.disconnect();
    await next.stop();
  });
});
