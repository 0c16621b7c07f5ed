/** The lines to Redis themselves: dropped without a word, or with nobody at the other end. */
import { afterEach, expect, test } from 'vitest';
import type { QueueConnection } from '../../jobs/connection.js';
import { createQueues, type Queues } from '../../jobs/queues.js';
import { createWorkers } from '../../jobs/workers.js';
import { quiet } from '../support/intake-store.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';
import { freshServices } from '../support/services.js';
import { openTcpDoor } from '../support/tcp-door.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const openQueues = (connection: Omit<QueueConnection, 'log'>): Queues => {
  const queues = createQueues({ ...connection, log: quiet, crashPoint: () => undefined });
  closing.push(queues.close);
  return queues;
};

/** The people whose deliveries a worker was woken for. */
const openWorker = (connection: Omit<QueueConnection, 'log'>): readonly string[] => {
  const woken: string[] = [];
  const workers = createWorkers(
    { ...connection, log: quiet },
    {
      route: async () => undefined,
      deliver: async ({ personId }) => void woken.push(personId),
      sweep: async () => undefined,
    },
  );
  workers.start();
  closing.push(async () => await workers.stop(1_000));
  return woken;
};

const openRedis = async (): Promise<OwnRedis> => {
  const redis = await startOwnRedis();
  closing.push(redis.close);
  return redis;
};

const again = { timeout: 20_000, interval: 50 };
const prefix = 'lines';

test('a worker whose lines were dropped without a word hears again by itself', async () => {
  const { redis, redisPrefix } = freshServices();
  const door = await openTcpDoor(redis.path);
  closing.push(door.close);
  const address = { host: '127.0.0.1', port: door.port, password: redis.password };
  const woken = openWorker({ address, prefix: redisPrefix, silentMs: 3_000 });
  const queues = openQueues({ address: redis, prefix: redisPrefix });
  const wake = async (personId: string) => await queues.wake('deliver', { personId });
  await expect.poll(async () => await wake('before'), again).toBe(true);
  await expect.poll(() => woken, again).toContain('before');
  door.hush();
  expect(await wake('after')).toBe(true);
  await expect.poll(() => woken, again).toContain('after');
});

test('wake-ups do not pile up before a Redis that stands still', async () => {
  const redis = await openRedis();
  const queues = openQueues({ address: redis.address, prefix, silentMs: 1_000 });
  const wake = async () => await queues.wake('route', { caseId: 'any' });
  await expect.poll(wake, again).toBe(true);
  const before = Number(await redis.command('LLEN', `${prefix}:route:wait`));
  await redis.freeze();
  // The first of them finds out, the others are refused at once.
  for (let more = 0; more < 2; more++) expect(await wake()).toBe(false);
  expect(await Promise.all(Array.from({ length: 50 }, wake))).not.toContain(true);
  await redis.thaw();
  await expect.poll(wake, again).toBe(true);
  expect(Number(await redis.command('LLEN', `${prefix}:route:wait`))).toBeLessThan(before + 10);
});
