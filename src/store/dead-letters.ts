import type { DeadLetter, Revival } from '../domain/dead-letter.js';
import type { Seal } from '../seal.js';
import type { Connection } from './connect.js';
import { inboxModel, referenceOf, type InboxRow } from './inbox-schema.js';
import { revivable, revivedBy, setAside, untoldDead, type PageAsked } from './set-aside.js';

export type DeadLetters = ReturnType<typeof createDeadLetters>;

/** What the inbox has set aside: rows of the inbox, seen by reference and class of error alone. */
export function createDeadLetters(connection: Connection, seal: Seal) {
  const model = inboxModel(connection);
  return {
    ...setAside(model),

    /** In the order they came in. */
    async list({ skip, limit }: PageAsked): Promise<readonly DeadLetter[]> {
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
      await model.updateMany(revivable(which, revival), {
        // It waits from now on: by its old age nobody could tell whether updates are handled.
        $set: { state: 'new', failures: 0, orphanings: 0, receivedAt: new Date() },
        $unset: { buriedAt: 1, errorClass: 1, toldAt: 1 },
        $push: { revivals: { ...revival, at: new Date() } },
      });
      return await model.countDocuments(revivedBy(revival));
    },

    /** Whether an update is to be handled still, for the first time or anew. */
    waits: async (id: string): Promise<boolean> => (await model.exists({ _id: id, state: 'new' })) !== null,

    /** Those of which the administrators were not told. */
    async untold(limit: number): Promise<readonly Pick<DeadLetter, 'id' | 'buriedAt'>[]> {
      const rows = await model.find(untoldDead(), { buriedAt: 1 }).limit(limit).lean<InboxRow[]>();
      return rows.map(({ _id, buriedAt }) => ({ id: _id, buriedAt }));
    },
  };
}
