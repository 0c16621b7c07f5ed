import { randomUUID } from 'node:crypto';
import type { Log } from '../log.js';
import type { LaneLeases } from '../store/lanes.js';
import { createLaneWatch } from './lane-watch.js';

/** Which of the replicas polls: the holder of one lease in the store, on the store's own time. */
export interface Leadership {
  /** True while this process holds the lease; tries to take it otherwise. Rejects when the store cannot be asked. */
  take(): Promise<boolean>;
  /** Whether the lease is certainly ours, by the clock of this process and without asking. */
  isSure(): boolean;
  /** Gives the lease back, so that another replica need not wait for its end. */
  release(): Promise<void>;
  /** Releases, and renews no more. */
  stop(): Promise<void>;
}

export interface LeadershipOptions {
  readonly leases: LaneLeases;
  readonly log: Log;
}

// A name no lane has: those are keyed hashes.
const office = ['poller'] as const;

/** A replica that dies is followed when its lease is over; one that lost the lease unnoticed is not sure any more. */
export const createLeadership = ({ leases, log }: LeadershipOptions): Leadership => {
  const watch = createLaneWatch({ leases, owner: randomUUID(), log });
  let held = false;

  const isSure = (): boolean => held && !watch.isLost(office);
  const release = async (): Promise<void> => {
    if (!held) return;
    held = false;
    await watch.release(office).catch((error: unknown) => {
      log.warn('the lead could not be given back and runs out by itself', { error });
    });
  };

  return {
    async take() {
      if (isSure()) return true;
      held = (await watch.acquire(office)) !== 'busy';
      return held;
    },
    isSure,
    release,
    async stop() {
      await release();
      watch.stop();
    },
  };
};
