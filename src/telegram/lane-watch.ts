import type { Log } from '../log.js';
import type { LaneLeases } from '../store/lanes.js';

/** Keeps the leases of one process alive while it works and knows when one was lost. */
export interface LaneWatch {
  /** Takes lanes for this process; see `LaneLeases.acquire`. */
  acquire(lanes: readonly string[]): Promise<'taken' | 'takenOver' | 'busy'>;
  release(lanes: readonly string[]): Promise<void>;
  /** True when one of these lanes may by now belong to another process. */
  isLost(lanes: readonly string[]): boolean;
  /** Renews no longer: what is still held runs out by itself. */
  stop(): void;
}

export interface LaneWatchOptions {
  readonly leases: LaneLeases;
  readonly owner: string;
  readonly log: Log;
}

/** One renewal for all lanes in hand, three times within the life of a lease. */
export const createLaneWatch = ({ leases, owner, log }: LaneWatchOptions): LaneWatch => {
  // Since when each lane is certainly ours, by the clock of this process; counted from before the question was asked.
  const sureSince = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const renew = async (): Promise<void> => {
    const askedAt = performance.now();
    const asked = [...sureSince.keys()];
    const held = new Set(await leases.renew(asked, owner));
    for (const lane of asked) {
      if (!sureSince.has(lane)) continue;
      sureSince.set(lane, held.has(lane) ? askedAt : Number.NEGATIVE_INFINITY);
    }
  };

  const keepRenewing = (): void => {
    timer ??= setInterval(() => {
      if (sureSince.size === 0) return;
      renew().catch((error: unknown) => log.warn('leases could not be renewed', { error }));
    }, leases.leaseMs / 3).unref();
  };

  return {
    async acquire(lanes) {
      keepRenewing();
      const askedAt = performance.now();
      const answer = await leases.acquire(lanes, owner);
      if (answer !== 'busy') for (const lane of lanes) sureSince.set(lane, askedAt);
      return answer;
    },
    async release(lanes) {
      for (const lane of lanes) sureSince.delete(lane);
      await leases.release(lanes, owner);
    },
    isLost: (lanes) =>
      lanes.some((lane) => performance.now() - (sureSince.get(lane) ?? 0) > leases.leaseMs * 0.9),
    stop() {
      clearInterval(timer);
    },
  };
};
