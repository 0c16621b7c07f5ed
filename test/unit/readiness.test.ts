import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { judge, readinessLimits } from '../../src/readiness.js';
import { createSweeping } from '../../src/sweeping.js';
import { stopInOrder } from '../../src/stop-in-order.js';
import { createVitals, type Vitals, type VitalsDeps } from '../../src/vitals.js';

const well: Vitals = {
  storeMs: 1,
  redisMs: 1,
  authorized: true,
  updates: { state: 'polling', silentMs: 30_000, lanesBusy: 2 },
  inbox: { waiting: 3, dead: 1, oldestMs: 900 },
  deliveries: { pending: 1, held: 2, dead: 0, settled: 9, ambiguous: 0, oldestDueMs: 400, secondDueMs: 0 },
  queues: {},
  sweepSilentMs: 4_000,
  loopLagMs: 12,
};

type Deliveries = NonNullable<Vitals['deliveries']>;
const lateFor = (ms: Pick<Deliveries, 'oldestDueMs' | 'secondDueMs'>): Deliveries => ({
  ...(well.deliveries ?? expect.fail()),
  ...ms,
});

describe('what is judged ready', () => {
  test('a program that works says how, and the figures behind it', () => {
    const { ready, checks, figures } = judge(well);
    expect(ready).toBe(true);
    expect(checks).toMatchObject({ store: 'ok', redis: 'ok', telegram: 'ok', updates: 'polling' });
    expect(figures).toMatchObject({
      pollerSilentMs: 30_000,
      updatesWaiting: 3,
      oldestUpdateMs: 900,
      oldestDueDeliveryMs: 400,
      deadLetters: 1,
      sweepSilentMs: 4_000,
      loopLagMs: 12,
    });
  });

  test.each(['following', 'full', 'conflict', 'unreachable', 'registered'])(
    'a way in that is %s is shown and passes',
    (state) => {
      const judged = judge({ ...well, updates: { state, silentMs: null, lanesBusy: 0 } });
      expect([judged.ready, judged.checks['updates']]).toEqual([true, state]);
    },
  );

  const { silentPollerMs, oldestUpdateMs, oldestDeliveryMs, silentSweepMs, loopLagMs } = readinessLimits;
  test.each<readonly [string, Partial<Vitals>, string, string]>([
    ['a store that is away', { storeMs: null, inbox: null, deliveries: null }, 'store', 'away'],
    ['Redis that is away', { redisMs: null, queues: null }, 'redis', 'away'],
    ['a refused token', { authorized: false }, 'telegram', 'unauthorized'],
    [
      'a deaf poller',
      { updates: { state: 'polling', silentMs: silentPollerMs + 1, lanesBusy: 0 } },
      'updates',
      'deaf',
    ],
    [
      'a bot nobody has introduced',
      { updates: { state: 'starting', silentMs: null, lanesBusy: 0 } },
      'updates',
      'starting',
    ],
    [
      'a webhook Telegram cannot bring updates to',
      { updates: { state: 'failing', silentMs: null, lanesBusy: 0 } },
      'updates',
      'failing',
    ],
    [
      'a webhook whose Telegram is away for long',
      { updates: { state: 'unreachable', silentMs: silentPollerMs + 1, lanesBusy: 0 } },
      'updates',
      'deaf',
    ],
    ['a lost webhook', { updates: { state: 'lost', silentMs: null, lanesBusy: 0 } }, 'updates', 'lost'],
    [
      'updates nobody handles',
      { inbox: { waiting: 1, dead: 0, oldestMs: oldestUpdateMs + 1 } },
      'inbox',
      'stuck',
    ],
    [
      'deliveries nobody sends',
      { deliveries: lateFor({ oldestDueMs: oldestDeliveryMs + 2, secondDueMs: oldestDeliveryMs + 1 }) },
      'deliveries',
      'stuck',
    ],
    ['sweeps of which none comes to its end', { sweepSilentMs: silentSweepMs + 1 }, 'sweeps', 'stuck'],
    ['a blocked event loop', { loopLagMs: loopLagMs + 1 }, 'loop', 'blocked'],
  ])('%s is not', (_name, ill, part, word) => {
    const judged = judge({ ...well, ...ill });
    expect([judged.ready, judged.checks[part]]).toEqual([false, word]);
  });

  test('one person who waits for a delivery is shown and passes: nobody else does', () => {
    const deliveries = lateFor({ oldestDueMs: 9 * oldestDeliveryMs, secondDueMs: 0 });
    const { ready, checks, figures } = judge({ ...well, deliveries });
    expect([ready, checks['deliveries'], figures['oldestDueDeliveryMs']]).toEqual([
      true,
      'ok',
      9 * oldestDeliveryMs,
    ]);
  });

  test('a process that receives no updates is not asked how they come in, nor one that does not sweep when it did', () => {
    const judged = judge({ ...well, updates: undefined, sweepSilentMs: null });
    expect([judged.ready, judged.checks['updates'], judged.checks['sweeps']]).toEqual([
      true,
      'elsewhere',
      'ok',
    ]);
  });
});

describe('what is asked', () => {
  const deps: VitalsDeps = {
    pingStore: () => Promise.resolve(),
    pingRedis: () => Promise.resolve(),
    authorized: () => true,
    updates: () => undefined,
    inbox: () => Promise.resolve({ waiting: 0, dead: 0, oldestWaitingAt: undefined }),
    deliveries: () =>
      Promise.resolve({
        pending: 0,
        held: 0,
        dead: 0,
        settled: 0,
        ambiguous: 0,
        oldestDueAt: undefined,
        secondDueAt: undefined,
      }),
    queues: () => Promise.resolve({}),
    sweepSilentMs: () => null,
    loopLagMs: () => 0,
  };

  test('a ping that never ends is given up, and what does not answer is not asked to count', async () => {
    let counted = 0;
    const seen = await createVitals({
      ...deps,
      pingStore: () => new Promise(() => undefined),
      inbox: () => {
        counted += 1;
        return deps.inbox();
      },
    })();
    expect([seen.storeMs, seen.inbox, counted]).toEqual([null, null, 0]);
    expect(seen.redisMs).not.toBeNull();
  });

  test('whoever asks again at once gets the same look', async () => {
    let asked = 0;
    const look = createVitals({ ...deps, pingRedis: () => Promise.resolve((asked += 1)) });
    await Promise.all([look(), look(), look()]);
    await look();
    expect(asked).toBe(1);
  });
});

test('a sweep counts from when it came to its end: one that breaks or hangs leaves the program silent, from the moment sweeps are expected', async () => {
  const counted: number[] = [];
  let breaks = true;
  const { sweep, begin, silentMs } = createSweeping(
    {
      sweep: async () => {
        if (breaks) throw new Error('no');
        return Promise.resolve({ lateMs: [], failed: 2 });
      },
      alarmAdmins: () => Promise.resolve(),
    },
    { countSweep: ({ failed }) => void counted.push(failed) },
  );
  expect(silentMs()).toBeNull();
  begin();
  const begunAt = performance.now();
  while (performance.now() - begunAt < 3) await Promise.resolve();
  await expect(sweep()).rejects.toThrow('no');
  const since = performance.now() - begunAt;
  expect(silentMs()).toBeGreaterThanOrEqual(since);
  breaks = false;
  const sweptFrom = performance.now();
  await sweep();
  expect(silentMs()).toBeLessThanOrEqual(performance.now() - sweptFrom);
  expect(counted).toEqual([2]);
});

test('what hangs or fails at the end is left behind; everything else still ends, in order and within the time for all', async () => {
  const ended: string[] = [];
  const step = (service: string, work: () => Promise<unknown> = () => Promise.resolve()) => ({
    service,
    limitMs: 30,
    stop: async () => {
      ended.push(service);
      await work();
    },
  });
  const hung = () => new Promise(() => undefined);
  const steps = [step('hung', hung), step('failing', () => Promise.reject(new Error('no'))), step('last')];
  await stopInOrder(steps, 1_000, createLog('silent'));
  expect(ended).toEqual(['hung', 'failing', 'last']);
  // Whoever comes after the time for all is used up is still asked to end.
  await stopInOrder([step('slow', hung), step('late', hung)], 20, createLog('silent'));
  expect(ended.slice(3)).toEqual(['slow', 'late']);
});
