/** A store with so many cases in it, and the program's own questions to it, asked in this process. */
import { createActions } from '../src/actions/index.js';
import type { Clock } from '../src/clock.js';
import { createLog } from '../src/log.js';
import { createQueries } from '../src/queries/index.js';
import { createRuleBook } from '../src/queries/rule-book.js';
import { createSegmenter } from '../src/segment.js';
import { connectStore, ensureIndexes } from '../src/store/connect.js';
import { dated } from '../src/store/dated.js';
import { createStore } from '../src/store/index.js';
import { openKeys } from '../src/store/keys.js';
import { rules as sampleRules } from '../test/unit/domain/case-of-test.js';
import { benchKey } from './bench-key.js';
import { cityOfCases, dueAtOnce } from './city-of-cases.js';
import { seedCases } from './seed-cases.js';

/** Everything in hand began on a working morning after the months that are counted. */
const workFrom = sampleRules.time.nextOpening(new Date('2026-03-02T00:00:00Z'));
const segmenter = createSegmenter();

export async function openGrown(mongoUri: string, count: number, groups: number) {
  const log = createLog('error');
  const connection = await connectStore(mongoUri, { log });
  const keys = await openKeys(connection, { current: benchKey });
  let now = sampleRules.time.add(workFrom, 60);
  const clock: Clock = { now: () => now, refresh: async () => {} };
  const store = createStore(connection, keys, { now: clock.now });
  await ensureIndexes(connection);
  const workAt = (minutes: number): Date => sampleRules.time.add(workFrom, minutes);
  await seedCases({ connection, keys, masterKey: benchKey }, cityOfCases({ count, groups, workAt }));
  const rules = createRuleBook(store, 'Asia/Shanghai');
  await rules.begin(now);
  const nothing = (): void => {};
  const actions = createActions({
    store,
    rules,
    clock,
    seal: keys.seal,
    segmenter,
    // What is woken is not this benchmark's.
    wake: { relay: nothing, route: nothing, deliver: nothing, deliverAgain: nothing },
    download: async () => null,
    peek: async () => null,
    keepAnchor: async () => {},
    log,
    crashPoint: nothing,
  });
  return {
    count,
    queries: createQueries({ store, rules, clock, segmenter }),
    sweep: actions.sweep,
    /** Moves business time to where the next ten cases fall due. */
    moveToNextDue: async (): Promise<void> => {
      const due = await connection
        .collection('cases')
        .find(dated('wakeAt', { $gt: now }))
        .sort({ wakeAt: 1 })
        .skip(dueAtOnce - 1)
        .limit(1)
        .toArray();
      now = due[0]?.['wakeAt'] as Date;
    },
    /** What the last sweeps had to tell is told: it is no part of the next one. */
    settle: async (): Promise<void> =>
      void (await connection
        .collection('cases')
        .updateMany({ relayAt: { $exists: true } }, { $unset: { relayAt: 1 }, $set: { outbox: [] } })),
    close: async () => await connection.close(),
  };
}

export type Grown = Awaited<ReturnType<typeof openGrown>>;
