/** A crowd for whom notices wait in the store: nothing is left to do but to send them. */
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../chaos/in-parallel.js';
import type { World } from '../chaos/world.js';
import { createLog } from '../src/log.js';
import { connectStore, ensureIndexes } from '../src/store/connect.js';
import { createStore } from '../src/store/index.js';
import { openKeys } from '../src/store/keys.js';
import { benchKey } from './bench-key.js';
import { livedCase } from './case-lives.js';
import { seedCases } from './seed-cases.js';

/** So many in a row do not yet use up what a chat may get at once. */
const perPerson = 2;
const firstPerson = 500_001;

export const crowdFor = (notices: number): readonly number[] =>
  Array.from({ length: Math.ceil(notices / perPerson) }, (_, i) => firstPerson + i);

/** Everybody is known and has a case of which there is news. */
export async function layNotices(world: World, crowd: readonly number[]): Promise<void> {
  await everybodyStarts(world, crowd);
  const connection = await connectStore(world.mongoUri, { log: createLog('error') });
  try {
    const keys = await openKeys(connection, { current: benchKey });
    const store = createStore(connection, keys);
    await ensureIndexes(connection);
    const ids: string[] = [];
    await inParallel(crowd, 20, async (telegramId) => {
      const { id } = await store.people.meet(
        { telegramId, name: `P${telegramId}`, username: null },
        { rename: true },
      );
      await store.people.change(id, { language: 'zh', honestySeenAt: new Date() });
      ids.push(id);
    });
    const cases = ids.map((reporterId, index) => ({
      c: {
        ...livedCase({ index, at: new Date(), until: 'dispatch', reporterId, handlerId: '' }),
        wakeAt: null,
      },
      text: '材料早就交齐了，窗口一直没有答复，请帮忙督促。',
      words: ['材料', '窗口'],
    }));
    await seedCases({ connection, keys, masterKey: benchKey }, cases);
    for (let i = 0; i < perPerson; i++)
      await store.deliveries.insert(
        cases.map(({ c }) => ({
          id: `notice-${i}-${c.id}`,
          caseId: c.id,
          personId: c.reporterId,
          role: 'enterprise',
          event: 'progress-dispatched',
          order: String(i),
        })),
      );
  } finally {
    await connection.close();
  }
}

/** Chats are open, and what people said is confirmed before the program could answer it. */
export async function everybodyStarts({ apiRoot, token }: World, crowd: readonly number[]): Promise<void> {
  await inParallel(crowd, 20, async (id) => {
    const headers = { 'content-type': 'application/json' };
    await (
      await fetch(`${apiRoot}/sandbox/people/${id}/start`, { method: 'POST', headers, body: '{}' })
    ).text();
  });
  let offset = 0;
  for (;;) {
    const answer = await fetch(`${apiRoot}/bot${token}/getUpdates?limit=100&offset=${offset}&timeout=0`);
    const { result } = (await answer.json()) as {
      readonly result: readonly { readonly update_id: number }[];
    };
    const last = result.at(-1);
    if (!last) return;
    offset = last.update_id + 1;
  }
}

/** Waits until nothing waits any more; fails when nothing has moved for a minute. */
export async function untilTold(mongoUri: string, say: (line: string) => void): Promise<void> {
  const connection = await connectStore(mongoUri, { log: createLog('error') });
  try {
    let [left, movedAt, saidAt] = [Infinity, Date.now(), Date.now()];
    while (left > 0) {
      await pause(500);
      const now = await connection.collection('deliveries').countDocuments({ state: 'pending' });
      if (now < left) movedAt = Date.now();
      left = now;
      if (Date.now() - movedAt > 60_000) throw new Error(`${left} notices are not told`);
      if (Date.now() - saidAt > 30_000) {
        say(`  … ${left} left`);
        saidAt = Date.now();
      }
    }
  } finally {
    await connection.close();
  }
}
