/** Every update arrives five times at once, at three replicas (fault 1). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { dispatched } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { botId, messageFrom, openIntakeStore } from '../support/intake-store.js';
import { arrive } from '../support/steps.js';

let channel: Channel | undefined;
beforeEach(() => (channel = undefined));
afterEach(async () => await channel?.stop());

test('a report that comes five times at three replicas is one case with one receipt, and everybody hears of it once', async () => {
  channel = await startChannel({ spread: { replicas: 3, copies: 5 } });
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
  const number = await dispatched(channel);
  await quiet(channel);
  expect((await channel.state()).cases).toEqual({ dispatched: 1 });
  for (const [id, news] of [
    [cast.owner, /已提交/],
    [cast.duty, /新件待受理/],
    [cast.officer, /请签收/],
  ] as const) {
    const messages = channel
      .person(id)
      .history()
      .filter(({ by, text }) => by === 'bot' && news.test(text) && text.includes(number));
    expect(new Set(messages.map(({ messageId }) => messageId)).size, `${id}`).toBe(1);
    const lines = heard(channel.person(id));
    expect(lines).toEqual([...new Set(lines)]);
  }
  // Each update was really taken five times, not refused four times.
  const stored = await channel.connection().collection('inbox').countDocuments();
  const received = await Promise.all(
    channel.replicas.map(async (url) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^updates_received_total (\d+)$/m.exec(text)?.[1]);
    }),
  );
  expect(received.reduce((sum, count) => sum + count, 0)).toBe(5 * stored);
  expect(received.every((count) => count > 0)).toBe(true);
});

test('one update that arrives 5 times in parallel at 3 replicas is handled once', async () => {
  const store = await openIntakeStore({ replicas: 3 });
  try {
    const { replicas, startLanes } = store;
    const handled: string[] = [];
    const lanes = replicas.map((replica) =>
      startLanes(replica, { handle: (_update, causeId) => Promise.resolve(void handled.push(causeId)) }),
    );
    const arrivals = Array.from({ length: 5 }, (_, index) => replicas[index % 3]);
    await Promise.all(
      arrivals.map(async (replica, index) => {
        await replica?.inbox.insert(botId, [messageFrom(1001, 7)]);
        lanes[index % 3]?.kick();
      }),
    );
    await Promise.all(lanes.map((one) => one.drainIdle()));
    await replicas[0]?.inbox.insert(botId, [messageFrom(1001, 7), messageFrom(1001, 8)]);
    for (const one of lanes) await one.drainIdle();
    expect(handled).toEqual([`${botId}:7`, `${botId}:8`]);
  } finally {
    await store.close();
  }
});
