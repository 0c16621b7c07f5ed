import { Schema, trusted } from 'mongoose';
import type { Connection } from './connect.js';
import { retention } from '../domain/retention.js';
import { oneById, together, writeTogether } from './together.js';

export interface LaneLeases {
  /** For how long a lane stays with an owner that no longer renews. */
  readonly leaseMs: number;
  /**
   * Takes all these lanes or none. `takenOver` means that a previous owner vanished while it held one of them;
   * `busy` that someone else works there.
   */
  acquire(lanes: readonly string[], owner: string): Promise<'taken' | 'takenOver' | 'busy'>;
  /** Prolongs what the owner still holds and tells which lanes those are. */
  renew(lanes: readonly string[], owner: string): Promise<readonly string[]>;
  /** Gives lanes back; a lane that meanwhile belongs to another stays with him. */
  release(lanes: readonly string[], owner: string): Promise<void>;
}

interface Claim {
  readonly lane: string;
  readonly owner: string;
}

interface LaneRow {
  readonly _id: string;
  readonly owner: string;
  readonly leaseUntil: Date;
  readonly orphaned: boolean;
}

const schema = new Schema<LaneRow>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    orphaned: { type: Boolean, required: true },
  },
  { versionKey: false, collection: 'lanes' },
);
schema.index({ leaseUntil: 1 }, { expireAfterSeconds: retention.laneMs / 1_000 }); // sweeps up lanes nobody came back for

const duplicateKey = 11000;

/**
 * Leases that keep one worker at a time in the lane of a chat or person, over all replicas. They run on the
 * store's own time, so that the clocks of two machines need not agree.
 */
export const createLaneLeases = (
  connection: Connection,
  { leaseMs = 10_000 }: { readonly leaseMs?: number } = {},
): LaneLeases => {
  const model = connection.model<LaneRow>('Lane', schema, 'lanes');

  /** Takes a free lane and leaves another's alone, upon which the row says whose it is. */
  const claimOf = (owner: string) => {
    const me = { $literal: owner };
    const running = { $gt: ['$leaseUntil', '$$NOW'] };
    const others = { $and: [running, { $ne: ['$owner', me] }] };
    const orphaned = { $and: [{ $ne: ['$owner', me] }, { $gt: ['$owner', ''] }] };
    return [
      {
        $set: {
          owner: { $cond: [others, '$owner', me] },
          leaseUntil: { $cond: [others, '$leaseUntil', { $add: ['$$NOW', leaseMs] }] },
          orphaned: { $cond: [others, '$orphaned', orphaned] },
        },
      },
    ];
  };

  const claimOne = async ({ lane, owner }: Claim): Promise<LaneRow | null> =>
    await model
      .findOneAndUpdate({ _id: lane }, claimOf(owner), {
        upsert: true,
        updatePipeline: true,
        returnDocument: 'after',
      })
      .lean<LaneRow>();

  const write = writeTogether(model);
  const one = oneById<LaneRow>(model);
  /** One lane is claimed and read in one round trip, many in two. */
  const claim = together<Claim, LaneRow | null>(async (claims) => {
    const [only, another] = claims;
    if (only && !another) return [await claimOne(only)];
    return await Promise.all(
      claims.map(async ({ lane, owner }) => {
        try {
          await write({ filter: { _id: lane }, update: claimOf(owner), upsert: true });
          return await one(lane);
        } catch (error) {
          return error instanceof Error ? error : new Error('a lane could not be claimed');
        }
      }),
    );
  });

  const acquireOne = async (lane: string, owner: string): Promise<'taken' | 'takenOver' | 'busy'> => {
    try {
      const row = await claim({ lane, owner });
      if (row?.owner !== owner) return 'busy';
      return row.orphaned ? 'takenOver' : 'taken';
    } catch (error) {
      // Two owners came to a free lane at the same moment; the other one was quicker.
      if (error instanceof Error && 'code' in error && error.code === duplicateKey) return 'busy';
      throw error;
    }
  };

  const releaseAll = together<readonly Claim[], true>(async (given) => {
    for (const owner of new Set(given.flat().map((held) => held.owner))) {
      const his = given.flat().filter((held) => held.owner === owner);
      await model.deleteMany({ _id: trusted({ $in: his.map(({ lane }) => lane) }), owner });
    }
    return given.map(() => true);
  });
  const release = async (lanes: readonly string[], owner: string): Promise<void> => {
    if (lanes.length > 0) await releaseAll(lanes.map((lane) => ({ lane, owner })));
  };

  return {
    leaseMs,

    async acquire(lanes, owner) {
      const held: string[] = [];
      let outcome: 'taken' | 'takenOver' = 'taken';
      for (const lane of [...lanes].sort()) {
        const answer = await acquireOne(lane, owner);
        if (answer === 'busy') {
          await release(held, owner);
          return 'busy';
        }
        if (answer === 'takenOver') outcome = 'takenOver';
        held.push(lane);
      }
      return outcome;
    },

    async renew(lanes, owner) {
      if (lanes.length === 0) return [];
      const mine = { _id: trusted({ $in: [...lanes] }), owner };
      const prolonged = [{ $set: { leaseUntil: { $add: ['$$NOW', leaseMs] } } }];
      const { matchedCount } = await model.updateMany(mine, prolonged, { updatePipeline: true });
      if (matchedCount === lanes.length) return lanes;
      const rows = await model.find(mine, { _id: 1 }).lean<LaneRow[]>();
      return rows.map((row) => row._id);
    },

    release,
  };
};
