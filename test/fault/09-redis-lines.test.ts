/** The lines to Redis themselves: dropped without a word, or with nobody at the other end. */
import { afterEach, expect, test, vi } from 'vitest';
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

test('started while Redis is away: wake-ups are refused at once, and taken as soon as it is there', async () => {
  const redis = await openRedis();
  await redis.kill();
  const queues = openQueues({ address: redis.address, prefix });
  const wake = async () => await queues.wake('route', { caseId: 'any' });
  for (let early = 0; early < 3; early++) expect(await wake()).toBe(false);
  await redis.start();
  await expect.poll(wake, again).toBe(true);
  expect(await queues.depths()).toMatchObject({ route: { wait: 1 } });
});

test('a Redis that does not answer what BullMQ asks at the start still carries every wake-up', async () => {
  const redis = await openRedis();
  // The driver says on every line that its own question was refused.
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  closing.push(() => said.mockRestore());
  const user = { username: 'narrow', password: 'a-password' };
  await redis.command(
    'ACL',
    'SETUSER',
    user.username,
    'on',
    `>${user.password}`,
    '~*',
    '&*',
    '+@all',
    '-info',
  );
  const address = { ...redis.address, ...user };
  const woken = openWorker({ address, prefix });
  const queues = openQueues({ address, prefix });
  await expect.poll(async () => await queues.wake('deliver', { personId: 'she' }), again).toBe(true);
  await expect.poll(() => woken, again).toContain('she');
});
