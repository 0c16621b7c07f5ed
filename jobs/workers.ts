/** One worker a queue; each job is a function of its payload that is safe to repeat. */
import { Worker } from 'bullmq';
import type { QueueConnection } from './connection.js';
import { queueNames, type Payloads, type QueueName } from './queues.js';

export type JobHandlers = { readonly [N in QueueName]: (payload: Payloads[N]) => Promise<void> };

export interface Workers {
  readonly start: () => void;
  /** Waits for jobs in hand, at most `limitMs`. */
  readonly stop: (limitMs: number) => Promise<void>;
}

/** Deliveries under way at once in one process; as many notices at most stay empty when it is killed. */
export const deliveriesAtOnce = 8;

const concurrency: Readonly<Record<QueueName, number>> = { route: 4, deliver: deliveriesAtOnce, sweep: 1 };
/** A worker that dies again and again on one job must not lose it (facts: the default of 1 does). */
const mostStalls = 1_000;
/**
 * Longer than the longest single step of a job (a request to Telegram takes 15 s at most), and renewed at half of it;
 * a job that runs twice all the same is harmless, since the claims are in the store.
 */
const lockMs = 60_000;
/**
 * A worker has two lines and one setting for both. On one it waits for the next job, and hears after a third of this at the
 * latest that there is none: a line with nothing to do is not taken for a dead one.
 */
const silentLineMs = 15_000;

export function createWorkers(
  { address, prefix, silentMs = silentLineMs, log }: QueueConnection,
  handlers: JobHandlers,
): Workers {
  let workers: readonly Worker[] = [];
  return {
    start() {
      workers = queueNames.map((name) => {
        const worker = new Worker<Payloads[QueueName]>(
          name,
          async (job) => {
            // The payload of a queue is that of its name.
            const handle = handlers[name] as (payload: Payloads[QueueName]) => Promise<void>;
            await handle(job.data);
          },
          {
            connection: { ...address, maxRetriesPerRequest: null, socketTimeout: silentMs },
            drainDelay: silentMs / 3 / 1_000,
            prefix,
            // When its first question failed, BullMQ would ask for the next job again and again without a pause, and nothing else would run.
            skipVersionCheck: true,
            concurrency: concurrency[name],
            maxStalledCount: mostStalls,
            lockDuration: lockMs,
          },
        );
        worker.on('error', (error) => log.warn('a worker has trouble with Redis', { worker: name, error }));
        worker.on('failed', (_job, error) =>
          log.error('a job failed; the sweep will find what it left', { worker: name, error }),
        );
        return worker;
      });
    },
    async stop(limitMs) {
      const ended = Promise.all(workers.map(async (worker) => await worker.close()));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), limitMs);
      });
      const outcome = await Promise.race([ended, late]);
      clearTimeout(timer);
      if (outcome === 'late') await Promise.all(workers.map(async (worker) => await worker.close(true)));
    },
  };
}
