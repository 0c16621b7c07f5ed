import { Schema, type Model } from 'mongoose';
import type { Revival } from '../domain/dead-letter.js';
import { retention } from '../domain/retention.js';
import type { Seal } from '../seal.js';
import type { Connection } from './connect.js';

export interface InboxRow {
  readonly _id: string;
  readonly state: 'new' | 'done' | 'dead';
  readonly updateId: number;
  readonly lanes?: readonly string[];
  readonly payload?: string;
  readonly failures?: number;
  /** How often whoever had it in hand was gone. */
  readonly orphanings?: number;
  readonly nextAttemptAt?: Date;
  readonly receivedAt: Date;
  readonly doneAt?: Date;
  readonly buriedAt?: Date;
  readonly errorClass?: string;
  /** When the administrators were told that it is dead. */
  readonly toldAt?: Date;
  readonly revivals?: readonly (Revival & { readonly at: Date })[];
}

export const inboxCollection = 'inbox';
// No letters or digits that are mistaken for one another when read aloud.
const referenceAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

const schema = new Schema<InboxRow>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    updateId: { type: Number, required: true },
    lanes: { type: [String], default: undefined },
    payload: String,
    failures: Number,
    orphanings: Number,
    nextAttemptAt: Date,
    receivedAt: { type: Date, required: true },
    doneAt: Date,
    buriedAt: Date,
    errorClass: String,
    toldAt: Date,
    revivals: { type: [Schema.Types.Mixed], default: undefined },
  },
  { versionKey: false, collection: inboxCollection },
);
schema.index({ state: 1, updateId: 1 }); // heads(), count(), the dead letters: the oldest first
schema.index({ state: 1, lanes: 1, updateId: 1 }); // waiting(): one lane in order
schema.index({ nextAttemptAt: 1 }, { sparse: true }); // count(): the few that were put off
// Forgets handled ids, and what could not be handled; no queries of their own.
const dead = { partialFilterExpression: { state: 'dead' } };
schema.index({ doneAt: 1 }, { expireAfterSeconds: retention.handledUpdateMs / 1_000 });
schema.index({ buriedAt: 1 }, { expireAfterSeconds: retention.deadLetterMs / 1_000, ...dead });

// What one press had handled again is counted; few updates were ever dead.
schema.index(
  { 'revivals.causeId': 1 },
  { partialFilterExpression: { 'revivals.causeId': { $type: 'string' } } },
);

export const inboxModel = (connection: Connection): Model<InboxRow> =>
  connection.model<InboxRow>('Inbox', schema, inboxCollection);

/** The short number by which a person can ask about an update that could not be handled; always the same for one id. */
export const referenceOf = (seal: Seal, id: string): string => {
  const bytes = Buffer.from(seal.lookup('dead letter', id), 'base64url').subarray(0, 6);
  return [...bytes].map((byte) => referenceAlphabet[byte % referenceAlphabet.length]).join('');
};
