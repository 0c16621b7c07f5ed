import type { Connection } from './connect.js';
import type { HeldUp } from '../domain/dead-letter.js';
import type { Seal } from '../seal.js';
import { referenceOf } from './inbox-schema.js';
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
  readonly personId: string;
  readonly dueAt?: Date;
  readonly errorClass?: string;
  readonly doneAt?: Date;
  readonly ambiguous: number;
}

const inDoubt = { ambiguous: { $gt: 0 } };

/** Counts deliveries for whoever looks after the program; every count is a range of an index. */
export const createDeliveryHealth = (connection: Connection, seal: Seal) => {
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

    /**
     * Ids of deliveries that were tried in vain since before `dueBefore`, where somebody else was sent something between `from`
     * and `to`: then it is not Telegram that is away. Real time.
     */
    async heldUp(
      dueBefore: Date,
      { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
    ): Promise<readonly string[]> {
      const late = await rows
        .find(
          { state: 'pending', errorClass: { $type: 'string' }, dueAt: { $lte: dueBefore } },
          { projection: { personId: 1 }, limit },
        )
        .toArray();
      const othersReached = await Promise.all(
        late.map(
          async ({ personId }) =>
            await rows.findOne(
              { doneAt: { $gte: from, $lte: to }, state: 'sent', personId: { $ne: personId } },
              { projection: { _id: 1 } },
            ),
        ),
      );
      return late.filter((_, i) => othersReached[i]).map(({ _id }) => _id);
    },

    /** As it is now; null when it is open no more. */
    async openOne(id: string): Promise<HeldUp | null> {
      const found = await rows.findOne({ _id: id, state: 'pending' });
      if (!found) return null;
      return { ref: referenceOf(seal, id), dueAt: found.dueAt, errorClass: found.errorClass };
    },
  };
};
