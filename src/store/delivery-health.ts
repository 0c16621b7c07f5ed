import type { Connection } from './connect.js';
import { dueHeads } from './delivery-heads.js';

/** How delivery is doing, without any delivery's content or addressee. */
export interface DeliveryCounts {
  readonly pending: number;
  /** Kept for people who cannot be reached. */
  readonly held: number;
  readonly dead: number;
  /** Sent or dropped; an estimate. */
  readonly settled: number;
  /** Deliveries, and parts of answers, of which some attempt may or may not have arrived. */
  readonly ambiguous: number;
  /** Since when the oldest first delivery of anybody is due, tried in vain or not; whom Telegram asked to wait is not late. */
  readonly oldestDueAt: Date | undefined;
  /** The same of the second such person: one alone is his own trouble, two are the program's. */
  readonly secondDueAt: Date | undefined;
}

interface DeliveryRow {
  readonly _id: string;
  readonly state: string;
  readonly ambiguous: number;
  /** When the administrators were told that it is dead. */
  readonly toldAt?: Date;
}

const inDoubt = { ambiguous: { $gt: 0 } };

/** Counts deliveries for whoever looks after the program; every count is a range of an index. */
export const createDeliveryHealth = (connection: Connection) => {
  const rows = connection.collection<DeliveryRow>('deliveries');
  const answers = connection.collection('answers');
  const inState = async (state: string): Promise<number> => await rows.countDocuments({ state });

  return {
    async counts(): Promise<DeliveryCounts> {
      const [pending, held, dead, all, told, answered, heads] = await Promise.all([
        inState('pending'),
        inState('held'),
        inState('dead'),
        rows.estimatedDocumentCount(),
        rows.countDocuments(inDoubt),
        answers.countDocuments(inDoubt),
        dueHeads(connection),
      ]);
      const settled = Math.max(0, all - pending - held - dead);
      const [oldestDueAt, secondDueAt] = heads
        .map(({ dueAt }) => dueAt)
        .toSorted((a, b) => a.getTime() - b.getTime());
      return { pending, held, dead, settled, ambiguous: told + answered, oldestDueAt, secondDueAt };
    },

    countDead: async (): Promise<number> => await inState('dead'),

    /** Ids of deliveries that died and of which the administrators were not told. */
    async deadUntold(limit: number): Promise<readonly string[]> {
      const found = rows.find(
        { state: 'dead', toldAt: { $exists: false } },
        { projection: { _id: 1 }, limit },
      );
      return (await found.toArray()).map(({ _id }) => _id);
    },

    async noteTold(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await rows.updateMany({ _id: { $in: [...ids] } }, { $set: { toldAt: new Date() } });
    },
  };
};
