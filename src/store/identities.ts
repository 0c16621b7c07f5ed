import { Schema, trusted, type Connection } from 'mongoose';
import type { Seal } from '../seal.js';

/** Who stands behind a case, apart from the case (rules §6). */
export interface Identity {
  readonly enterpriseName: string | null;
  readonly contactName: string;
  readonly username: string | null;
}

interface IdentityDocument {
  readonly _id: string;
  readonly identity: string;
}

const schema = new Schema<IdentityDocument>(
  { _id: { type: String, required: true }, identity: String },
  { versionKey: false },
);
const collection = 'identities';

export type Identities = ReturnType<typeof createIdentities>;

/** Identities by case id, sealed. */
export function createIdentities(connection: Connection, seal: Seal) {
  const model = connection.model('Identity', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'identity' });
  return {
    async put(caseId: string, identity: Identity): Promise<void> {
      await model.updateOne(
        { _id: caseId },
        { $setOnInsert: { identity: seal.seal(place(caseId), identity) } },
        { upsert: true },
      );
    },
    async ofCases(caseIds: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
      const docs = await model.find({ _id: trusted({ $in: [...caseIds] }) }).lean<IdentityDocument[]>();
      return new Map(docs.map((doc) => [doc._id, seal.open<Identity>(place(doc._id), doc.identity)]));
    },
    async ofCase(caseId: string): Promise<Identity | null> {
      const doc = await model.findOne({ _id: caseId }).lean<IdentityDocument>();
      return doc ? seal.open<Identity>(place(caseId), doc.identity) : null;
    },
  };
}
