/** node-cron only ticks; deadlines live with the cases (design §2.6). Every replica ticks, one sweep a slot runs. */
import { schedule, type ScheduledTask } from 'node-cron';
import type { Queues } from './queues.js';
import type { Log } from '../src/log.js';

const everySeconds = 5;

export interface Ticks {
  readonly start: () => void;
  /** Resolves when what a tick has begun is over. */
  readonly stop: () => Promise<void>;
}

interface TickWork {
  readonly sweepHere: () => Promise<void>;
  readonly log: Log;
}

/** Every sixth slot each replica sweeps by itself: a queue that lies about having run costs half a minute, not a deadline. */
const sweepHereEvery = 6;

/** What one tick does, by the queues and, for when Redis is away or a job was lost in it, by the sweep itself; and what of it is under way. */
export function createTick(queues: Pick<Queues, 'wake'>, { sweepHere, log }: TickWork) {
  let sweeping = false;
  /** A sweep may take longer than the time between two ticks. */
  const running = new Set<Promise<void>>();
  const work = async (): Promise<void> => {
    const slot = Math.floor(Date.now() / (everySeconds * 1_000));
    const woken = await queues.wake('sweep', { slot }, `sweep-${slot}`);
    if ((woken && slot % sweepHereEvery !== 0) || sweeping) return;
    sweeping = true;
    try {
      await sweepHere();
    } finally {
      sweeping = false;
    }
  };
  return {
    tick: async (): Promise<void> => {
      const one = work()
        .catch((error: unknown) => log.error('a tick failed', { error }))
        .finally(() => running.delete(one));
      running.add(one);
      await one;
    },
    idle: async (): Promise<void> => void (await Promise.all(running)),
  };
}

export function createTicks(queues: Queues, work: TickWork): Ticks {
  let task: ScheduledTask | undefined;
  const { tick, idle } = createTick(queues, work);
  return {
    start: () => {
      task = schedule(`*/${everySeconds} * * * * *`, tick);
    },
    stop: async () => {
      await task?.destroy();
      await idle();
    },
  };
}
