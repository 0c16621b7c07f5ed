import { Schema, trusted, type Connection } from 'mongoose';
import type { Keys } from './keys.js';
import { oneById, writeTogether } from './together.js';

/** Who stands behind a case, apart from the case (rules §6). */
export interface Identity {
  readonly enterpriseName: string | null;
  readonly contactName: string;
  readonly username: string | null;
  /** The credit code that came with the name; cases of an older version have none. */
  readonly uscc?: string | null;
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

/** Identities by case id, sealed with the key of the case. */
export function createIdentities(connection: Connection, keys: Pick<Keys, 'ofCase' | 'ofCases'>) {
  const model = connection.model('Identity', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'identity' });
  const one = oneById<IdentityDocument>(model);
  const write = writeTogether(model);
  return {
    async put(caseId: string, identity: Identity): Promise<void> {
      const sealed = (await keys.ofCase(caseId)).seal(place(caseId), identity);
      await write({ filter: { _id: caseId }, update: { $setOnInsert: { identity: sealed } }, upsert: true });
    },
    async ofCases(caseIds: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
      const docs = await model.find({ _id: trusted({ $in: [...caseIds] }) }).lean<IdentityDocument[]>();
      const opening = await keys.ofCases(docs.map((doc) => doc._id));
      return new Map(
        docs.flatMap((doc) => {
          const key = opening.get(doc._id);
          return key ? [[doc._id, key.open<Identity>(place(doc._id), doc.identity)] as const] : [];
        }),
      );
    },
    async ofCase(caseId: string): Promise<Identity | null> {
      const doc = await one(caseId);
      const key = (await keys.ofCases([caseId])).get(caseId);
      return doc && key ? key.open<Identity>(place(caseId), doc.identity) : null;
    },
    async erase(caseId: string): Promise<void> {
      await model.deleteOne({ _id: caseId });
    },
  };
}
