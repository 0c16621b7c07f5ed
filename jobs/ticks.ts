/** node-cron only ticks; deadlines live with the cases (design §2.6). Every replica ticks, one sweep a slot runs. */
import { schedule, type ScheduledTask } from 'node-cron';
import type { Queues } from './queues.js';
import type { Log } from '../src/log.js';

const everySeconds = 5;

export interface Ticks {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Takes the queues and, for when Redis is away or a job was lost in it, the sweep itself. */
export function createTicks(
  queues: Queues,
  { sweepHere, log }: { readonly sweepHere: () => Promise<void>; readonly log: Log },
): Ticks {
  let task: ScheduledTask | undefined;
  let sweeping = false;
  let running = Promise.resolve();
  const tick = async (): Promise<void> => {
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
    start: () => {
      task = schedule(`*/${everySeconds} * * * * *`, async () => {
        running = tick().catch((error: unknown) => log.error('a tick failed', { error }));
        await running;
      });
    },
    stop: async () => {
      await task?.destroy();
      await running;
    },
  };
}

/** Every sixth slot each replica sweeps by itself: a queue that lies about having run costs half a minute, not a deadline. */
const sweepHereEvery = 6;
