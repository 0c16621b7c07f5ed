import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.js';

/** One thing to end, by what it is called in the log; it is told how long it may take. */
export interface StopStep {
  readonly service: string;
  readonly stop: (limitMs: number) => unknown;
  /** At most so long; less when the time for all is used up. */
  readonly limitMs: number;
}

/**
 * Ends things one after the other. One that does not end within its limit is left behind, so that a hung part cannot
 * keep the others from ending in order; none gets more than what is left of the time for all.
 */
export async function stopInOrder(steps: readonly StopStep[], allMs: number, log: Log): Promise<void> {
  const deadline = performance.now() + allMs;
  for (const { service, stop, limitMs } of steps) {
    const givenMs = Math.max(0, Math.min(limitMs, deadline - performance.now()));
    const patience = new AbortController();
    const late = sleep(givenMs, 'late' as const, { signal: patience.signal }).catch(() => undefined);
    const work = Promise.resolve().then(() => stop(givenMs));
    try {
      if ((await Promise.race([work, late])) === 'late')
        log.warn('something did not end in time and is left behind', { service });
    } catch (error) {
      log.warn('something could not be ended in order', { service, error });
    } finally {
      patience.abort();
    }
  }
}
