import type { Vitals } from './vitals.js';

/** Whether the program can do its work: a word per part, and the figures behind it. */
export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or what is wrong; for updates also how they come in. */
  readonly checks: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, number | null>>;
}

/** From where on a part counts as not serving; the only place with such numbers. */
export const readinessLimits = {
  /** Two requests of the poller that were held to their end and found deaf, and the pauses between. */
  silentPollerMs: 120_000,
  /** What was put off does not count, nor what queues behind it: then it is not one person who waits, it is everybody. */
  oldestUpdateMs: 20 * 60_000,
  /**
   * Longer than Redis or a worker may be away before the sweep delivers by itself, many times over. Of the second person who
   * waits so long: one alone is held up by a delivery of his own.
   */
  oldestDeliveryMs: 15 * 60_000,
  /** Each process sweeps every half minute whatever the queue does; only a catch-up after days takes minutes. */
  silentSweepMs: 10 * 60_000,
  /** A lease is lost after ten seconds of a blocked loop; half of it is an illness. */
  loopLagMs: 5_000,
} as const;

/** Ways in which updates come in, or wait on purpose. */
const receiving: ReadonlySet<string> = new Set([
  'polling',
  'following',
  'full',
  'conflict',
  'unreachable',
  'registered',
]);

/** Judges what was seen. A full inbox and a passing trouble of Telegram are shown; they do not make it unready by themselves. */
export function judge(seen: Vitals): Readiness {
  const { storeMs, redisMs, authorized, updates, inbox, deliveries, sweepSilentMs, loopLagMs } = seen;
  const limits = readinessLimits;
  const silentMs = updates?.silentMs ?? null;
  const state = updates?.state ?? 'elsewhere';
  const deaf = silentMs !== null && silentMs > limits.silentPollerMs;
  const wrong: Readonly<Record<string, string | false>> = {
    store: storeMs === null && 'away',
    redis: redisMs === null && 'away',
    telegram: !authorized && 'unauthorized',
    updates: deaf ? 'deaf' : updates !== undefined && !receiving.has(state) && state,
    inbox: inbox === null ? 'unknown' : inbox.oldestMs > limits.oldestUpdateMs && 'stuck',
    deliveries: deliveries === null ? 'unknown' : deliveries.secondDueMs > limits.oldestDeliveryMs && 'stuck',
    sweeps: sweepSilentMs !== null && sweepSilentMs > limits.silentSweepMs && 'stuck',
    loop: loopLagMs > limits.loopLagMs && 'blocked',
  };
  const entries = Object.entries(wrong);
  return {
    ready: entries.every(([, what]) => what === false),
    checks: Object.fromEntries(
      entries.map(([part, what]) => [part, what === false ? (part === 'updates' ? state : 'ok') : what]),
    ),
    figures: {
      storeMs: rounded(storeMs),
      redisMs: rounded(redisMs),
      pollerSilentMs: rounded(silentMs),
      lanesBusy: updates?.lanesBusy ?? 0,
      updatesWaiting: inbox?.waiting ?? null,
      oldestUpdateMs: inbox?.oldestMs ?? null,
      deadLetters: inbox?.dead ?? null,
      deliveriesPending: deliveries?.pending ?? null,
      oldestDueDeliveryMs: deliveries?.oldestDueMs ?? null,
      deadDeliveries: deliveries?.dead ?? null,
      sweepSilentMs: rounded(sweepSilentMs),
      loopLagMs: Math.round(loopLagMs),
    },
  };
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value));
