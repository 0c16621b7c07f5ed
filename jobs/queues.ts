/** The queues only wake: their payloads hold ids, and losing them loses seconds (design §2.5). */
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Wake } from '../src/actions/deps.js';
import type { CrashPoint } from '../src/crash-point.js';
import { quickLine } from '../src/redis-address.js';
import type { QueueConnection } from './connection.js';

export const queueNames = ['route', 'deliver', 'sweep'] as const;
export type QueueName = (typeof queueNames)[number];

export interface Payloads {
  readonly route: { readonly caseId: string };
  readonly deliver: { readonly personId: string };
  readonly sweep: { readonly slot: number };
}

export interface Queues {
  /** Adds a job; false when the queue did not take it within a short while. Never rejects. */
  readonly wake: <N extends QueueName>(name: N, payload: Payloads[N], jobId?: string) => Promise<boolean>;
  /** Jobs by queue and state, for whoever looks after the program. */
  readonly depths: () => Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  readonly close: () => Promise<void>;
}

const patienceMs = 1_000;

export function createQueues({
  address,
  prefix,
  silentMs = quickLine.socketTimeout,
  log,
  crashPoint,
}: QueueConnection & { readonly crashPoint: CrashPoint }): Queues {
  const queues = new Map(
    queueNames.map((name) => {
      const queue = new Queue(name, {
        connection: { ...address, ...quickLine, socketTimeout: silentMs },
        prefix,
        // Else everything added before Redis is there is kept for then, and a first question of BullMQ that failed fails every job after it.
        skipWaitingForReady: true,
        skipVersionCheck: true,
        // A kept job would silently block its id.
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      });
      queue.on('error', (error) => log.warn('a queue has trouble with Redis', { queue: name, error }));
      return [name, queue] as const;
    }),
  );

  return {
    async wake(name, payload, jobId) {
      const added = queues
        .get(name)
        ?.add(name, payload, jobId === undefined ? {} : { jobId })
        .then(
          () => true,
          (error: unknown) => {
            log.debug('a wake-up was lost', { queue: name, error });
            return false;
          },
        );
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), patienceMs);
      });
      try {
        return await Promise.race([added ?? false, late]);
      } finally {
        clearTimeout(timer);
        crashPoint('enqueued');
      }
    },
    depths: async () =>
      Object.fromEntries(
        await Promise.all(
          [...queues].map(
            async ([name, queue]) => [name, await queue.getJobCounts('wait', 'active', 'delayed')] as const,
          ),
        ),
      ),
    close: async () => void (await Promise.all([...queues.values()].map(end))),
  };
}

/** A line that is away cannot say goodbye; it would go on trying to come back. */
async function end(queue: Queue): Promise<void> {
  const line = await queue.getBackend().client;
  try {
    await queue.close();
  } catch {
    line.disconnect();
  }
}

/** The work itself, for when Redis is away: it is done here then, by whoever wanted to wake others. */
export interface WorkHere {
  readonly relay: (caseId: string) => Promise<void>;
  readonly route: (caseId: string) => Promise<void>;
  readonly deliver: (personId: string) => Promise<void>;
}

/** One job wakes for everything that is open for a person, so that wakes which follow one another closely become one. */
const mergeMs = 25;

/**
 * Sweeps that follow one another wake somebody once; not for as long as a job lives, since whoever died or sleeps with it in hand
 * holds its id for a minute and more.
 */
const againMs = 20_000;

/** Wakes without being waited for; what is under way is waited for at the end of the program. */
export function createWake(
  queues: Pick<Queues, 'wake'>,
  here: WorkHere,
  track: (work: Promise<void>) => void,
): Wake {
  const deliver = async (personId: string, jobId?: string): Promise<void> => {
    if (!(await queues.wake('deliver', { personId }, jobId))) await here.deliver(personId);
  };
  const route = async (caseId: string): Promise<void> => {
    if (!(await queues.wake('route', { caseId }, `route-${caseId}`))) await here.route(caseId);
  };
  /** People woken just now → whether they were to be woken again meanwhile: a duty officer hears of many cases at once. */
  const justWoken = new Map<string, boolean>();
  const deliverMerged = async (personId: string): Promise<void> => {
    try {
      do {
        justWoken.set(personId, false);
        await deliver(personId);
        await sleep(mergeMs);
      } while (justWoken.get(personId));
    } finally {
      justWoken.delete(personId);
    }
  };
  return {
    relay: (caseId) => track(here.relay(caseId)),
    route: (caseId) => track(route(caseId)),
    deliver: (personIds) => {
      for (const personId of personIds) {
        if (justWoken.has(personId)) justWoken.set(personId, true);
        else track(deliverMerged(personId));
      }
    },
    deliverAgain: (personIds) => {
      const slot = Math.floor(Date.now() / againMs);
      for (const personId of personIds) track(deliver(personId, `again-${personId}-${slot}`));
    },
  };
}
