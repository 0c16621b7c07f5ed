/** Everything one chat sends is handled in order, whichever replica took it in (fault 17). */
import { afterEach, expect, test } from 'vitest';
import { botId, messageFrom, openIntakeStore } from '../support/intake-store.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (options?: Parameters<typeof openIntakeStore>[0]) => {
  const store = await openIntakeStore(options);
  closing.push(store.close);
  return store;
};

const drainAll = async (lanes: readonly { drainIdle(): Promise<void> }[]) => {
  await Promise.all(lanes.map((one) => one.drainIdle()));
  // Once more: what one replica left resting may have been finished by another meanwhile.
  await Promise.all(lanes.map((one) => one.drainIdle()));
};

test('100 updates of one chat are handled in order by 3 replicas (fault 17)', async () => {
  const { inbox, replicas, startLanes } = await open({ replicas: 3 });
  const handled: number[] = [];
  const handle = (update: { update_id: number }) => Promise.resolve(void handled.push(update.update_id));
  const lanes = replicas.map((replica) => startLanes(replica, { handle }));
  for (let start = 0; start < 100; start += 10) {
    await inbox.insert(
      botId,
      Array.from({ length: 10 }, (_, index) => messageFrom(1001, start + index)),
    );
    for (const one of lanes) one.kick();
  }
  await drainAll(lanes);
  expect(handled).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test('the order of a group and of a person in it both hold, on 2 replicas at once', async () => {
  const { inbox, replicas, startLanes } = await open({ replicas: 2 });
  const busy = new Set<number>();
  const seen = new Map<number, number[]>();
  const overlaps: number[] = [];
  const handle = async (update: { update_id: number }) => {
    const mine = sent.find(({ updateId }) => updateId === update.update_id)?.lanes ?? [];
    for (const lane of mine) {
      if (busy.has(lane)) overlaps.push(update.update_id);
      busy.add(lane);
    }
    await new Promise(setImmediate);
    for (const lane of mine) {
      busy.delete(lane);
      seen.set(lane, [...(seen.get(lane) ?? []), update.update_id]);
    }
  };
  const sent = Array.from({ length: 60 }, (_, index) => {
    const person = 1 + (index % 4);
    return messageFrom(person, index, index % 3 === 0 ? { group: -(1 + (index % 2)) } : {});
  });
  const lanes = replicas.map((replica) => startLanes(replica, { handle }));
  await inbox.insert(botId, sent);
  await drainAll(lanes);
  expect(overlaps).toEqual([]);
  expect([...seen.values()].flat()).toHaveLength(sent.flatMap((one) => one.lanes).length);
  for (const order of seen.values()) expect(order).toEqual([...order].sort((a, b) => a - b));
});
