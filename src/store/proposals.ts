import { Schema, type Connection } from 'mongoose';
import { retention } from '../domain/retention.js';

/** A change of rules, calendar or departments that waits for its proposer's word; `base` is what it was compared with. */
export interface Proposal<T> {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'rules' | 'calendar' | 'calendar-asked' | 'asked' | 'org' | 'org-asked';
  /** The version or revision that was in force; a change over another one is stale. */
  readonly base: number;
  readonly content: T;
}

type ProposalDocument = Omit<Proposal<unknown>, 'id'> & { readonly _id: string; readonly proposedAt: Date };

const schema = new Schema<ProposalDocument>(
  {
    _id: { type: String, required: true },
    personId: String,
    kind: String,
    base: Number,
    content: Schema.Types.Mixed,
    proposedAt: Date,
  },
  { versionKey: false },
);
// What was never confirmed is forgotten after a week.
schema.index({ proposedAt: 1 }, { expireAfterSeconds: retention.proposalMs / 1_000 });

/** Changes that were looked at and not yet confirmed. They hold numbers, dates and departments' names, nothing about a case. */
export function createProposals(connection: Connection) {
  const model = connection.model('Proposal', schema, 'proposals');
  return {
    async put({ id, ...rest }: Proposal<unknown>): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { ...rest, proposedAt: new Date() } }, { upsert: true });
    },

    /** Null when it is somebody else's, of another kind, or forgotten. */
    async get<T>(
      id: string,
      { personId, kind }: Pick<Proposal<T>, 'personId' | 'kind'>,
    ): Promise<Proposal<T> | null> {
      const found = await model.findOne({ _id: id, personId, kind }).lean<ProposalDocument>();
      return found ? { id, personId, kind, base: found.base, content: found.content as T } : null;
    },

    /** Gives whether it was there. */
    async drop(id: string, personId: string): Promise<boolean> {
      return (await model.deleteOne({ _id: id, personId })).deletedCount === 1;
    },
  };
}
