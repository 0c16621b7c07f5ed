/** Telegram asks to wait: that chat waits in full while the others flow; where all are asked, all wait; nobody exceeds the budgets. */
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { connectStore, ensureIndexes } from '../../src/store/connect.js';
import { createDeliveries, type NewDelivery } from '../../src/store/deliveries.js';
import { createDeliveryHealth } from '../../src/store/delivery-health.js';
import { createSeal } from '../../src/seal.js';
import { defaultBudgets, type CallOptions } from '../../src/telegram/gateway.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { dispatched } from '../support/case-steps.js';
import { quiet as quietLog } from '../support/intake-store.js';
import { openRedis, openTelegram } from '../support/intake-telegram.js';
import { heard, quiet } from '../support/listening.js';
import { freshServices } from '../support/services.js';
import { arrive } from '../support/steps.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const open = async (options?: Parameters<typeof openTelegram>[0]) => {
  const telegram = await openTelegram(options);
  closing.push(telegram.close);
  await telegram.everybodyStarts();
  return telegram;
};

const answer = (chat: number): CallOptions => ({ chat, urgency: 'answer' });
const textTo = (chat: number, text = 'hello') => ({ chat_id: chat, text });

describe('the gateway', () => {
  test('a chat that gets 429 waits in full; others flow meanwhile', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', chatId: 1001, kind: '429', retryAfter: 1, count: 1 }]);
    const gateway = openGateway();
    const startedAt = performance.now();
    const slow = gateway
      .call('sendMessage', textTo(1001), answer(1001))
      .then(() => performance.now() - startedAt);
    const quick = gateway
      .call('sendMessage', textTo(1002), answer(1002))
      .then(() => performance.now() - startedAt);
    expect(await quick).toBeLessThan(900);
    expect(await slow).toBeGreaterThanOrEqual(1_000);
    expect(sandbox.person(1001).sees('hello')).toBe(true);
  });

  test('two chats that get 429 at once silence the whole bot until both are over', async () => {
    const { sandbox, openGateway } = await open({ people: [1001, 1002, 1003] });
    sandbox.faults.add([
      { method: 'sendMessage', chatId: 1001, kind: '429', retryAfter: 1, count: 1 },
      { method: 'sendMessage', chatId: 1002, kind: '429', retryAfter: 1, count: 1 },
    ]);
    const gateway = openGateway();
    const startedAt = performance.now();
    const both = [1001, 1002].map((chat) => gateway.call('sendMessage', textTo(chat), answer(chat)));
    await expect
      .poll(
        async () => {
          const probe = { ...answer(1003), maxWaitMs: 0 };
          const sent = await gateway.call('sendChatAction', { chat_id: 1003, action: 'typing' }, probe);
          return sent.ok ? 'ok' : sent.error.class;
        },
        { interval: 5 },
      )
      .toBe('too-many');
    expect((await gateway.call('sendMessage', textTo(1003), answer(1003))).ok).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    for (const sent of await Promise.all(both)) expect(sent.ok).toBe(true);
  });

  test('a wait longer than the caller can afford is reported with its length', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', kind: '429', retryAfter: 50, count: 1 }]);
    const gateway = openGateway();
    const sent = await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(sent).toMatchObject({ ok: false, error: { class: 'too-many', retryAfterMs: 50_000 } });
    const next = await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(next.ok || next.error.retryAfterMs).toBeGreaterThan(49_000);
    expect(sandbox.journal().filter(({ method }) => method === 'sendMessage')).toHaveLength(0);
  });

  test('two replicas together stay within what a strict Telegram allows', async () => {
    const people = Array.from({ length: 70 }, (_, index) => 2000 + index);
    const { sandbox, openGateway } = await open({ people, limits: {} });
    const redis = openRedis(freshServices().redis);
    closing.push(() => redis.disconnect());
    await once(redis, 'ready');
    const outcomes: string[] = [];
    const parts = {
      redis,
      limits: defaultBudgets,
      onCall: ({ outcome }: { outcome: string }) => void outcomes.push(outcome),
    };
    const gateways = [openGateway(parts), openGateway(parts)];
    const sent = await Promise.all(
      people.map((id, index) =>
        gateways[index % 2]?.call('sendMessage', textTo(id), { chat: id, urgency: 'notice' }),
      ),
    );
    expect(sent.every((one) => one?.ok)).toBe(true);
    // Without common budgets forty of the seventy would be refused; a crowded machine may be late for a few.
    expect(outcomes.filter((outcome) => outcome !== 'ok').length).toBeLessThanOrEqual(10);
    expect(sandbox.journal().filter(({ method }) => method === 'sendMessage')).toHaveLength(70);
  });

  test('Redis keeps the chats’ ids to itself: its keys are hashes (fault 26)', async () => {
    const { openGateway } = await open({ people: [13_800_001] });
    const redis = openRedis(freshServices().redis);
    closing.push(() => redis.disconnect());
    await once(redis, 'ready');
    await openGateway({ redis, limits: defaultBudgets }).call(
      'sendMessage',
      textTo(13_800_001),
      answer(13_800_001),
    );
    const keys = await redis.keys('gateway:*');
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.join(' ')).not.toMatch(/13800001|424242/);
  });

  test('without Redis sending goes on at once, paced by the process alone (fault 9)', async () => {
    const { openGateway } = await open();
    const redis = openRedis({ path: '/nonexistent/redis.sock', password: 'x' });
    closing.push(() => redis.disconnect());
    const gateway = openGateway({ redis, limits: { ...defaultBudgets, chatBurst: 2 } });
    const startedAt = performance.now();
    for (let count = 0; count < 2; count += 1) await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(performance.now() - startedAt).toBeLessThan(500);
    const third = await gateway.call('sendMessage', textTo(1001), { ...answer(1001), maxWaitMs: 0 });
    expect(third).toMatchObject({ ok: false, error: { class: 'too-many' } });
  });
});

describe('the whole channel', () => {
  const { owner, duty, officer, colleague, head } = cast;
  const staff = [officer, colleague, head] as const;
  const open = async (): Promise<Channel> => {
    const channel = await startChannel();
    closing.push(channel.stop);
    for (const id of [owner, duty, ...staff]) await arrive(channel.person(id));
    await quiet(channel);
    return channel;
  };
  const limited = (channel: Channel, chats: readonly number[], retryAfter: number): void =>
    channel.sandbox.faults.add(
      chats.map((chatId) => ({ method: 'sendMessage', chatId, kind: '429', retryAfter, count: 1 }) as const),
    );
  /** When a chat's calls were accepted after an instant, the first of them. */
  const firstCall = (channel: Channel, chat: number, after: number): number =>
    channel.sandbox
      .journal()
      .filter(({ at, chatId }) => at > after && chatId === chat)
      .map(({ at }) => at)[0] ?? Number.POSITIVE_INFINITY;

  test('one officer’s chat must wait three seconds: it does, the others have their cards before, nobody gets one twice', async () => {
    const channel = await open();
    limited(channel, [officer], 3);
    const from = Date.now();
    await dispatched(channel);
    await channel.person(officer).waitFor(/请签收/);
    await quiet(channel);
    const [slow = 0, ...quick] = staff.map((id) => firstCall(channel, id, from));
    for (const at of quick) expect(slow).toBeGreaterThan(at);
    expect(slow - from).toBeGreaterThanOrEqual(2_900);
    for (const id of staff)
      expect(heard(channel.person(id)).filter((line) => line.includes('交办给您单位'))).toHaveLength(1);
  });

  test('everybody’s chat must wait: all wait in full, then each has its card, once', async () => {
    const channel = await open();
    limited(channel, staff, 3);
    const from = Date.now();
    await dispatched(channel);
    await quiet(channel);
    for (const id of staff) {
      expect(firstCall(channel, id, from) - from).toBeGreaterThanOrEqual(2_900);
      expect(heard(channel.person(id)).filter((line) => line.includes('交办给您单位'))).toHaveLength(1);
    }
  });
});

const seal = createSeal({ dataKey: Buffer.alloc(32, 3) });

test('six hundred people whose oldest delivery is put off do not hide the one who is due, and what queues behind theirs is not late', async () => {
  const connection = await connectStore(freshServices().mongoUri, { log: quietLog });
  closing.push(async () => await connection.close());
  await ensureIndexes(connection);
  const deliveries = createDeliveries(connection);
  const to = (personId: string, order: string): NewDelivery => ({
    id: `${personId} ${order}`,
    caseId: 'case',
    personId,
    role: 'enterprise',
    event: 'message',
    order,
  });
  const put = Array.from({ length: 600 }, (_, i) => `put-off-${i}`);
  await deliveries.insert(put.flatMap((person) => [to(person, '1'), to(person, '2'), to(person, '3')]));
  // One of them after the other is asked to wait for an hour, as Telegram may.
  const rows = connection.collection('deliveries');
  const inAnHour = new Date(Date.now() + 3_600_000);
  const before = new Date(Date.now() - 20 * 60_000);
  await rows.updateMany({ order: '1' }, { $set: { attempts: 1, nextAt: inAnHour, dueAt: inAnHour } });
  await rows.updateMany({ order: '2' }, { $set: { nextAt: before, dueAt: before } });
  const { counts } = createDeliveryHealth(connection, seal);
  expect(await counts()).toMatchObject({ pending: 1_800, oldestDueAt: undefined, secondDueAt: undefined });
  await deliveries.insert([to('due', '9')]);
  await rows.updateOne({ order: '9' }, { $set: { nextAt: before, dueAt: before } });
  expect((await counts()).oldestDueAt).toEqual(before);
  expect(await deliveries.waitingPeople(500)).toEqual(['due']);
  expect(await deliveries.claimNext('put-off-7')).toBe('busy');
  const claimed = await deliveries.claimNext('due');
  expect(claimed).toMatchObject({ personId: 'due', attempts: 1 });
  expect(await deliveries.waitingPeople(500)).toEqual([]);
});

test('a delivery tried in vain is due since it was due, in the pause and during the next try; one that Telegram puts off, or that was kept, is not late', async () => {
  const connection = await connectStore(freshServices().mongoUri, { log: quietLog });
  closing.push(async () => await connection.close());
  await ensureIndexes(connection);
  const deliveries = createDeliveries(connection);
  const { counts } = createDeliveryHealth(connection, seal);
  const oldest = async () => (await counts()).oldestDueAt;
  const [id, personId] = ['one', 'somebody'];
  await deliveries.insert([
    { id, caseId: 'case', personId, role: 'enterprise', event: 'message', order: '1' },
  ]);
  const rows = connection.collection<{ _id: string }>('deliveries');
  const before = new Date(Date.now() - 20 * 60_000);
  const isDueSince = async (at: Date) =>
    await rows.updateOne({ _id: id }, { $set: { nextAt: at, dueAt: at } });
  const claim = async () => {
    await rows.updateOne({ _id: id }, { $set: { nextAt: before } });
    const claimed = await deliveries.claimNext(personId);
    return claimed === null || claimed === 'busy' ? expect.fail() : claimed;
  };

  await isDueSince(before);
  await deliveries.postpone(await claim(), 60_000, { outcome: 'not-sent' });
  expect(await oldest()).toEqual(before);
  expect(await deliveries.waitingPeople(9)).toEqual([]);
  const again = await claim();
  expect(await oldest()).toEqual(before);
  await deliveries.postpone(again, 60_000, { outcome: 'unknown' });
  expect(await oldest()).toEqual(before);
  await deliveries.postpone(await claim(), 60_000, { outcome: 'put-off' });
  expect(await oldest()).toBeUndefined();

  await isDueSince(before);
  await deliveries.hold([id]);
  expect(await oldest()).toBeUndefined();
  await deliveries.release(personId);
  expect((await oldest())?.getTime()).toBeGreaterThan(before.getTime());
  // One that was stored before it was noted since when it is due.
  await rows.updateOne({ _id: id }, { $set: { nextAt: before }, $unset: { dueAt: '' } });
  expect(await oldest()).toEqual(before);
  expect((await counts()).secondDueAt).toBeUndefined();

  // What queues behind his own is no second person's.
  const to = { caseId: 'case', role: 'enterprise', event: 'message' } as const;
  await deliveries.insert([{ id: 'two', personId, order: '2', ...to }]);
  expect((await counts()).secondDueAt).toBeUndefined();
  await deliveries.insert([{ id: 'other', personId: 'other', order: '3', ...to }]);
  expect((await counts()).secondDueAt).toBeInstanceOf(Date);
});
