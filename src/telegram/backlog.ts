import type { Inbox } from '../store/inbox.js';

/** How much waits in the inbox, counted rarely: whoever brings updates asks it first. */
export interface Backlog {
  /** True while more waits than may; rejects when the store cannot be asked. */
  isFull(): Promise<boolean>;
  /** So many were added. */
  note(count: number): void;
}

export interface BacklogOptions {
  readonly inbox: Pick<Inbox, 'countWaiting'>;
  readonly most: number;
}

const recountMs = 10_000;
const recountWhenFullMs = 1_000;

/** Counts anew when the room seen at the last count is used up, and now and then, for other replicas add as well. */
export const createBacklog = ({ inbox, most }: BacklogOptions): Backlog => {
  let room = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<void> | undefined;

  const count = async (): Promise<void> => {
    room = most - (await inbox.countWaiting(most));
    countedAt = performance.now();
  };

  return {
    async isFull() {
      const ageMs = performance.now() - countedAt;
      if (ageMs > (room > 0 ? recountMs : recountWhenFullMs)) {
        counting ??= count().finally(() => (counting = undefined));
        await counting;
      }
      return room <= 0;
    },
    note(count) {
      room -= count;
      // Used up by our own: counted before the next answer, not a second later.
      if (room <= 0 && room + count > 0) countedAt = Number.NEGATIVE_INFINITY;
    },
  };
};
