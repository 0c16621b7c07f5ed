import { Schema, trusted, type Connection } from 'mongoose';
import type { Invite } from '../domain/invites.js';
import type { Seal } from '../seal.js';

type InviteDocument = Omit<Invite, 'id'> & {
  readonly _id: string;
  /** A keyed hash: whoever reads the store cannot join. */
  readonly tokenKey: string;
  /** The update by which it was decided. */
  readonly decidedCause?: string;
};

const schema = new Schema<InviteDocument>(
  {
    _id: { type: String, required: true },
    tokenKey: String,
    role: String,
    department: String,
    createdBy: String,
    createdAs: String,
    createdAt: Date,
    expiresAt: Date,
    state: String,
    joinedBy: String,
    decidedCause: String,
  },
  { versionKey: false },
);
// Somebody comes with a token.
schema.index({ tokenKey: 1 }, { unique: true });
// Retention asks for what ran out long ago.
schema.index({ expiresAt: 1 });

interface TriesDocument {
  readonly _id: string;
  readonly since: Date;
  readonly count: number;
}

const triesSchema = new Schema<TriesDocument>(
  { _id: { type: String, required: true }, since: Date, count: Number },
  { versionKey: false },
);

// Retention asks for what was tried long ago.
triesSchema.index({ since: 1 });

export type Invites = ReturnType<typeof createInvites>;

/** Invitations by id; every step is one conditional write, so of twenty who come one joins. */
export function createInvites(connection: Connection, seal: Seal) {
  const model = connection.model('Invite', schema, 'invites');
  const tries = connection.model('InviteTries', triesSchema, 'invite_tries');
  const keyOf = (token: string): string => seal.lookup('invite', token);
  const open = ({ _id, tokenKey: _key, decidedCause: _cause, ...rest }: InviteDocument): Invite => ({
    id: _id,
    ...rest,
    joinedBy: rest.joinedBy ?? null,
  });

  return {
    /** Stores an invitation under a fresh token; a repeated update gets a new token for the same invitation. */
    async put({ id, ...facts }: Invite, token: string): Promise<boolean> {
      const tokenKey = keyOf(token);
      await model.updateOne({ _id: id }, { $setOnInsert: { ...facts, tokenKey } }, { upsert: true });
      const put = await model.updateOne({ _id: id, state: 'open' }, { $set: { tokenKey } });
      return put.matchedCount === 1;
    },

    async byId(id: string): Promise<Invite | null> {
      const found = await model.findOne({ _id: id }).lean<InviteDocument>();
      return found ? open(found) : null;
    },

    /** Uses a token for somebody: the first one joins, and for him alone it may be repeated. */
    async join(token: string, personId: string, now: Date): Promise<Invite | null> {
      const tokenKey = keyOf(token);
      const joined = await model
        .findOneAndUpdate(
          {
            tokenKey,
            state: 'open',
            expiresAt: trusted({ $gt: now }),
            createdBy: trusted({ $ne: personId }),
          },
          { $set: { state: 'joined', joinedBy: personId } },
          { returnDocument: 'after' },
        )
        .lean<InviteDocument>();
      const found =
        joined ??
        (await model.findOne({ tokenKey, state: 'joined', joinedBy: personId }).lean<InviteDocument>());
      return found ? open(found) : null;
    },

    /** The inviter's word, once; true as well for the very update that gave it. */
    async decide(id: string, state: 'confirmed' | 'refused', causeId: string): Promise<boolean> {
      const decided = await model.updateOne(
        { _id: id, state: 'joined' },
        { $set: { state, decidedCause: causeId } },
      );
      if (decided.matchedCount === 1) return true;
      return (await model.countDocuments({ _id: id, state, decidedCause: causeId })) === 1;
    },

    /** Forgets what nobody can use since an instant, whatever became of it; gives how many. */
    async eraseBefore(expired: Date): Promise<number> {
      const { deletedCount } = await model.deleteMany({ expiresAt: trusted({ $lt: expired }) });
      return deletedCount;
    },

    async forgetTries(before: Date): Promise<void> {
      await tries.deleteMany({ since: trusted({ $lt: before }) });
    },

    /** How often somebody came with what is no invitation, since an instant. */
    async wrongTries(personId: string, since: Date): Promise<number> {
      const found = await tries
        .findOne({ _id: personId, since: trusted({ $gt: since }) })
        .lean<TriesDocument>();
      return found?.count ?? 0;
    },

    async noteWrong(personId: string, since: Date, now: Date): Promise<void> {
      const counted = await tries.updateOne(
        { _id: personId, since: trusted({ $gt: since }) },
        { $inc: { count: 1 } },
      );
      if (counted.matchedCount === 0)
        await tries.updateOne({ _id: personId }, { $set: { since: now, count: 1 } }, { upsert: true });
    },
  };
}
