import { trusted } from 'mongoose';
import type { Revival } from '../domain/dead-letter.js';

export interface PageAsked {
  readonly skip: number;
  readonly limit: number;
}

/** What may be tried anew: one, or all, which the same press has not revived before. */
export const revivable = (which: { readonly id: string } | 'all', { causeId }: Revival) => ({
  ...(which === 'all' ? {} : { _id: which.id }),
  state: 'dead' as const,
  'revivals.causeId': trusted({ $ne: causeId }),
});

/** What a press has revived; the second condition lets the partial index serve it. */
export const revivedBy = ({ causeId }: Revival) => ({
  $and: [{ 'revivals.causeId': causeId }, { 'revivals.causeId': trusted({ $type: 'string' }) }],
});

export const untoldDead = () => ({ state: 'dead' as const, toldAt: trusted({ $exists: false }) });

interface Rows {
  readonly countDocuments: (filter: { readonly state: 'dead' }) => PromiseLike<number>;
  readonly updateMany: (
    filter: { readonly _id: object; readonly state: 'dead' },
    update: { readonly $set: { readonly toldAt: Date } },
  ) => PromiseLike<unknown>;
}

/** What updates and deliveries that were set aside have in common. */
export const setAside = (rows: Rows) => ({
  count: async (): Promise<number> => await rows.countDocuments({ state: 'dead' }),

  /** The administrators were told of these. */
  async noteTold(ids: readonly string[]): Promise<void> {
    const dead = { _id: trusted({ $in: [...ids] }), state: 'dead' as const };
    if (ids.length > 0) await rows.updateMany(dead, { $set: { toldAt: new Date() } });
  },
});
