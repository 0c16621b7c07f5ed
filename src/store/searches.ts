import { randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { retention } from '../domain/retention.js';
import type { Seal } from '../seal.js';

interface SearchDocument {
  readonly _id: string;
  readonly personId: string;
  readonly query: string;
  readonly askedAt: Date;
}

const schema = new Schema<SearchDocument>(
  { _id: { type: String, required: true }, personId: String, query: String, askedAt: Date },
  { versionKey: false },
);
// What somebody looked for is forgotten after a while.
schema.index({ askedAt: 1 }, { expireAfterSeconds: retention.searchMs / 1_000 });

// Somebody has his account deleted.
schema.index({ personId: 1 });

const collection = 'searches';

export type Searches = ReturnType<typeof createSearches>;

/** What people looked for, sealed, so that a button can turn the page: words do not fit into a button, nor belong there. */
export function createSearches(connection: Connection, seal: Seal) {
  const model = connection.model('Search', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'query' });
  return {
    /** Remembers what somebody looks for; gives the id a button can carry. */
    async remember(personId: string, query: string): Promise<string> {
      const id = randomBytes(9).toString('base64url');
      await model.create({
        _id: id,
        personId,
        query: seal.seal(place(id), query),
        askedAt: new Date(),
      });
      return id;
    },
    /** What this person looked for, or null when it is somebody else's or forgotten. */
    async recall(id: string, personId: string): Promise<string | null> {
      const found = await model.findOne({ _id: id, personId }).lean<SearchDocument>();
      return found ? seal.open<string>(place(id), found.query) : null;
    },
    async eraseOf(personId: string): Promise<void> {
      await model.deleteMany({ personId });
    },
  };
}
