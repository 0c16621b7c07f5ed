import { trusted } from 'mongoose';
import type { DeadLetter, Revival } from '../domain/dead-letter.js';
import type { Seal } from '../seal.js';
import type { Connection } from './connect.js';
import { inboxModel, referenceOf, type InboxRow } from './inbox-schema.js';

export type DeadLetters = ReturnType<typeof createDeadLetters>;

/** What the inbox has set aside: rows of the inbox, seen by reference and class of error alone. */
export function createDeadLetters(connection: Connection, seal: Seal) {
  const model = inboxModel(connection);
  return {
    /** In the order they came in. */
    async list({
      skip,
      limit,
    }: {
      readonly skip: number;
      readonly limit: number;
    }): Promise<readonly DeadLetter[]> {
      const rows = await model
        .find({ state: 'dead' }, { buriedAt: 1, errorClass: 1 })
        .sort({ updateId: 1 })
        .skip(skip)
        .limit(limit)
        .lean<InboxRow[]>();
      return rows.map(({ _id, buriedAt, errorClass }) => ({
        kind: 'update',
        id: _id,
        ref: referenceOf(seal, _id),
        buriedAt,
        errorClass,
      }));
    },

    /** Lets one, or all, be handled anew; gives how many this press has revived. The same press does it once. */
    async revive(which: { readonly id: string } | 'all', revival: Revival): Promise<number> {
      await model.updateMany(
        {
          ...(which === 'all' ? {} : { _id: which.id }),
          state: 'dead',
          'revivals.causeId': trusted({ $ne: revival.causeId }),
        },
        {
          // It waits from now on: by its old age nobody could tell whether updates are handled.
          $set: { state: 'new', failures: 0, orphanings: 0, receivedAt: new Date() },
          $unset: { buriedAt: 1, errorClass: 1, toldAt: 1 },
          $push: { revivals: { ...revival, at: new Date() } },
        },
      );
      const { causeId } = revival;
      return await model.countDocuments({
        $and: [{ 'revivals.causeId': causeId }, { 'revivals.causeId': trusted({ $type: 'string' }) }],
      });
    },

    /** Whether an update is to be handled still, for the first time or anew. */
    waits: async (id: string): Promise<boolean> => (await model.exists({ _id: id, state: 'new' })) !== null,

    count: async (): Promise<number> => await model.countDocuments({ state: 'dead' }),

    /** Those of which the administrators were not told. */
    async untold(limit: number): Promise<readonly Pick<DeadLetter, 'id' | 'buriedAt'>[]> {
      const untold = { state: 'dead' as const, toldAt: trusted({ $exists: false }) };
      const rows = await model.find(untold, { buriedAt: 1 }).limit(limit).lean<InboxRow[]>();
      return rows.map(({ _id, buriedAt }) => ({ id: _id, buriedAt }));
    },

    async noteTold(ids: readonly string[]): Promise<void> {
      const dead = { _id: trusted({ $in: [...ids] }), state: 'dead' as const };
      if (ids.length > 0) await model.updateMany(dead, { $set: { toldAt: new Date() } });
    },
  };
}
