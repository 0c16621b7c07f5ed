/** What the program can tell about its own health: asked together, each with a limit, and not more often than needed. */

export interface Vitals {
  /** How long the store and Redis took to answer a ping; null when they did not. */
  readonly storeMs: number | null;
  readonly redisMs: number | null;
  /** False once Telegram refused the token. */
  readonly authorized: boolean;
  /** Undefined where another process receives the updates. */
  readonly updates:
    | { readonly state: string; readonly silentMs: number | null; readonly lanesBusy: number }
    | undefined;
  /** Null while the store cannot be asked. */
  readonly inbox: { readonly waiting: number; readonly dead: number; readonly oldestMs: number } | null;
  readonly deliveries: {
    readonly pending: number;
    readonly held: number;
    readonly dead: number;
    readonly settled: number;
    readonly ambiguous: number;
    readonly oldestDueMs: number;
    /** Of the second person whose oldest delivery is due. */
    readonly secondDueMs: number;
  } | null;
  /** Jobs by queue and state; null while Redis cannot be asked. */
  readonly queues: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Since a sweep last came to its end here; null where another process sweeps. */
  readonly sweepSilentMs: number | null;
  readonly loopLagMs: number;
}

export interface VitalsDeps {
  readonly pingStore: () => Promise<unknown>;
  readonly pingRedis: () => Promise<unknown>;
  readonly authorized: () => boolean;
  readonly updates: () => Vitals['updates'];
  readonly inbox: () => Promise<{
    readonly waiting: number;
    readonly dead: number;
    readonly oldestWaitingAt: Date | undefined;
  }>;
  readonly deliveries: () => Promise<
    Omit<NonNullable<Vitals['deliveries']>, 'oldestDueMs' | 'secondDueMs'> & {
      readonly oldestDueAt: Date | undefined;
      readonly secondDueAt: Date | undefined;
    }
  >;
  readonly queues: () => Promise<NonNullable<Vitals['queues']>>;
  readonly sweepSilentMs: () => Vitals['sweepSilentMs'];
  readonly loopLagMs: () => number;
}

const pingLimitMs = 2_000;
const countLimitMs = 4_000;
/** Whoever asks more often gets what was seen last. */
const freshMs = 1_000;

/** Makes the question; its answer never fails, what cannot be asked is null. */
export function createVitals(deps: VitalsDeps): () => Promise<Vitals> {
  let asked: { readonly at: number; readonly answer: Promise<Vitals> } | undefined;

  const look = async (): Promise<Vitals> => {
    const [storeMs, redisMs] = await Promise.all([timed(deps.pingStore), timed(deps.pingRedis)]);
    // What does not answer a ping is not asked to count.
    const [inbox, deliveries, queues] = await Promise.all([
      storeMs === null ? null : orNull(deps.inbox(), countLimitMs),
      storeMs === null ? null : orNull(deps.deliveries(), countLimitMs),
      redisMs === null ? null : orNull(deps.queues(), countLimitMs),
    ]);
    return {
      storeMs,
      redisMs,
      authorized: deps.authorized(),
      updates: deps.updates(),
      inbox: inbox && { ...inbox, oldestMs: ageOf(inbox.oldestWaitingAt) },
      deliveries: deliveries && {
        ...deliveries,
        oldestDueMs: ageOf(deliveries.oldestDueAt),
        secondDueMs: ageOf(deliveries.secondDueAt),
      },
      queues,
      sweepSilentMs: deps.sweepSilentMs(),
      loopLagMs: deps.loopLagMs(),
    };
  };

  return async () => {
    if (asked === undefined || performance.now() - asked.at > freshMs)
      asked = { at: performance.now(), answer: look() };
    return await asked.answer;
  };
}

const ageOf = (at: Date | undefined): number =>
  at === undefined ? 0 : Math.max(0, Date.now() - at.getTime());

const timed = async (ping: () => Promise<unknown>): Promise<number | null> => {
  const startedAt = performance.now();
  const answer = await orNull(
    ping().then(() => true),
    pingLimitMs,
  );
  return answer === null ? null : performance.now() - startedAt;
};

const orNull = async <T>(work: Promise<T>, limitMs: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};
