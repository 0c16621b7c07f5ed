/** Redis dies, forgets, remembers wrongly, is full, or is away: people are answered, notices go out, every reminder comes once. */
import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wh, workingTime } from '../support/business-time.js';
import { cardOf, filed } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';
import { arrive } from '../support/steps.js';

const { owner, duty, supervisor } = cast;
const minute = 60_000;

let redis: OwnRedis;
let channel: Channel;
beforeAll(async () => {
  redis = await startOwnRedis();
  channel = await startChannel({ redis: redis.address });
  for (const id of [owner, duty, supervisor]) await arrive(channel.person(id));
});
afterAll(async () => {
  await channel.stop();
  await redis.close();
});

const orange = '🟧 橙牌：交办马上到期';

/** How long a press waited for its answer, in milliseconds. */
async function press(id: number, label: string, number: string): Promise<number> {
  const person = channel.person(id);
  const message = await cardOf(channel, person, number);
  const from = performance.now();
  await person.press(label, { message });
  return performance.now() - from;
}

/** A case is filed, Redis gets into trouble, and the case's reminder falls due: everybody is served as if nothing were. */
async function liveThrough(trouble: () => Promise<void>, afterwards: () => Promise<void>): Promise<void> {
  await tillMorning(channel);
  const number = await filed(channel);
  const due = workingTime.add(await now(channel), 4 * wh);
  await quiet(channel);
  await trouble();
  const since = channel.person(duty).mark();
  const waited = await press(duty, '📮 交办其他单位…', number);
  await press(duty, '« 返回', number);
  // A second case in the middle of it: receipt and triage card, too.
  const second = await filed(channel);
  await cardOf(channel, channel.person(duty), second);
  expect(heard(channel.person(duty), since).filter((line) => line.includes('新件待受理'))).toHaveLength(1);
  await until(channel, new Date(workingTime.subtract(due, 1 * wh).getTime() + 30 * minute));
  expect(heard(channel.person(duty), since).filter((line) => line === orange)).toHaveLength(2);
  await afterwards();
  await channel.advance('PT1M');
  await quiet(channel);
  expect(heard(channel.person(duty), since).filter((line) => line === orange)).toHaveLength(2);
  process.stdout.write(`a press waited ${waited.toFixed(0)} ms\n`);
  const crowding = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  expect(waited).toBeLessThan(1_000 * crowding);
}

const nothing = async (): Promise<void> => undefined;

test('killed, and started again on its own file', async () => {
  await liveThrough(async () => {
    await redis.kill();
    await redis.start();
  }, nothing);
});

test('emptied under the running program', async () => {
  await liveThrough(async () => void (await redis.command('FLUSHALL')), nothing);
});

test('started again empty', async () => {
  await liveThrough(async () => {
    await redis.kill();
    await redis.start('nothing');
  }, nothing);
});

test('set back to an older file', async () => {
  await redis.copyData();
  await liveThrough(async () => {
    await redis.kill();
    await redis.start('the copy');
  }, nothing);
});

test('full: it refuses every write', async () => {
  await liveThrough(
    async () => void (await redis.command('CONFIG', 'SET', 'maxmemory', '1')),
    async () => void (await redis.command('CONFIG', 'SET', 'maxmemory', '0')),
  );
});

test('away all the time, and back when all is over', async () => {
  await liveThrough(redis.kill, async () => await redis.start());
});

test('frozen: it takes connections and answers nothing', async () => {
  await liveThrough(
    async () => await redis.freeze(),
    async () => await redis.thaw(),
  );
});

test('afterwards the queues carry the wake-ups again', async () => {
  const added = async (): Promise<number> =>
    Number(await redis.command('GET', `${channel.redisPrefix}:deliver:id`));
  const before = await added();
  await filed(channel);
  await quiet(channel);
  await expect.poll(added, { timeout: 20_000 }).toBeGreaterThan(before);
  const waiting = async (): Promise<number> =>
    Number(await redis.command('LLEN', `${channel.redisPrefix}:deliver:wait`));
  await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
});
