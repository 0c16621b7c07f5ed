/** Whoever writes or presses gets what comes next, whatever happened to the first try of the answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/store/connect.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { heard, quiet } from '../support/listening.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';
import { arrive } from '../support/steps.js';

/** Its pauses of an hour must not reach other tests. */
let redis: OwnRedis;
let channel: Channel;
beforeAll(async () => {
  redis = await startOwnRedis();
  channel = await startChannel({ redis: redis.address });
});
afterAll(async () => {
  await channel.stop();
  await redis.close();
});

const honesty = /在您写之前/;

test('an answer whose connection is cut before it arrives is given again', async () => {
  const owner = channel.person(cast.owner);
  await owner.start();
  await owner.waitFor(/选择语言/);
  channel.sandbox.faults.add([
    { method: 'sendMessage', chatId: cast.owner, kind: 'dropBefore', count: 1 },
    { method: 'sendMessage', chatId: cast.owner, kind: '5xxAfter', count: 1 },
  ]);
  await owner.press('中文');
  await owner.waitFor(honesty);
});

test('a handler that fails after the language was chosen still shows what comes next', async () => {
  const owner = channel.person(cast.passerBy);
  await owner.start();
  await owner.waitFor(/选择语言/);
  // More than the sender's own patience: the update is handled a second time.
  channel.sandbox.faults.add([{ method: 'sendMessage', chatId: cast.passerBy, kind: '5xx', count: 3 }]);
  await owner.press('中文');
  await owner.waitFor(honesty, { timeoutMs: 20_000 });
  expect((await channel.state()).deadLetters).toBe(0);
});

test('an answer that Telegram wants an hour later is given then, once', async () => {
  const officer = channel.person(cast.officer);
  await arrive(officer);
  channel.sandbox.faults.add([
    { method: 'sendMessage', chatId: cast.officer, kind: '429', retryAfter: 3_600, count: 1 },
  ]);
  const since = officer.mark();
  await officer.say('/help');
  const inbox = (of: Connection) => of.collection<{ state: string; nextAttemptAt: Date }>('inbox');
  const putOff = async () =>
    await inbox(channel.connection()).findOne({ state: 'new', nextAttemptAt: { $exists: true } });
  const restMs = async () => ((await putOff())?.nextAttemptAt.getTime() ?? 0) - Date.now();
  await expect.poll(restMs, { timeout: 10_000 }).toBeGreaterThan(3_500_000);
  expect(await putOff()).toMatchObject({ failures: 0 });
  expect(heard(officer, since)).toEqual([]);
  // The hour passes: for the update, and for the chat.
  await channel.restart(undefined, async (store) => {
    await inbox(store).updateMany({ state: 'new' }, { $set: { nextAttemptAt: new Date() } });
    await redis.command('FLUSHALL');
  });
  await quiet(channel);
  expect(heard(officer, since)).toHaveLength(1);
});

test('what was kept for somebody without a language is given to him when he chooses, though the choice was noted before', async () => {
  const duty = channel.person(cast.duty);
  await arrive(duty);
  const people = channel.connection().collection('people');
  const deliveries = channel.connection().collection<{ _id: string; state?: string }>('deliveries');
  const [person] = await people.find({ 'grants.role': 'duty', language: 'zh' }).toArray();
  // What a death between the two writes leaves behind.
  await deliveries.insertOne({ _id: 'kept', ...keptFor(String(person?._id)) });
  await duty.say('/language');
  await duty.press('中文', { message: await duty.waitFor(/选择语言/, { since: duty.mark() - 1 }) });
  await quiet(channel);
  expect((await deliveries.findOne({ _id: 'kept' }))?.state).toBe('dropped');
});

const keptFor = (personId: string): object => ({
  personId,
  caseId: 'none',
  role: 'duty',
  event: 'triage',
  state: 'held',
  fence: 0,
  attempts: 0,
  order: '2026',
  sending: false,
  telegramMessageId: null,
  cardMessageId: null,
  ambiguous: 0,
  leaseUntil: new Date(0),
  nextAt: new Date(0),
  createdAt: new Date(0),
});
