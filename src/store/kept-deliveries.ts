import { trusted } from 'mongoose';
import type { deliveryModel } from './delivery-schema.js';
import { together } from './together.js';

/** What waits for people who cannot be reached. */
export const keptDeliveries = (model: ReturnType<typeof deliveryModel>) => {
  const releaseAll = together<string, boolean>(async (personIds) => {
    const released = await model.updateMany(
      { personId: trusted({ $in: [...personIds] }), state: 'held' },
      [{ $set: { state: 'pending', nextAt: '$$NOW', dueAt: '$$NOW' } }],
      { updatePipeline: true },
    );
    return personIds.map(() => released.modifiedCount > 0);
  });
  return {
    /** Keeps these for a person who cannot be reached. What was being sent stays marked: it may have arrived. */
    async hold(ids: readonly string[]): Promise<void> {
      await model.updateMany(
        { _id: trusted({ $in: [...ids] }), state: 'pending' },
        { $set: { state: 'held', leaseUntil: new Date(0) } },
      );
    },

    /** He is back: what was kept goes on, in its old order. True when something was kept for him, or for somebody who came back at the same moment. */
    async release(personId: string): Promise<boolean> {
      return await releaseAll(personId);
    },

    /**
     * Forgets what was kept since before an instant (real time) for people out of reach and belongs to no case, which would
     * take it along; gives how many.
     */
    async eraseKeptBefore(before: Date): Promise<number> {
      const { deletedCount } = await model.deleteMany({
        state: 'held',
        caseId: '',
        createdAt: trusted({ $lt: before }),
      });
      return deletedCount;
    },
  };
};
