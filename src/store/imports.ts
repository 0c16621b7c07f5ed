import { Schema, type Connection } from 'mongoose';
import type { ImportedRow } from '../domain/import-rows.js';
import { retention } from '../domain/retention.js';
import type { Seal } from '../seal.js';

interface ImportDocument {
  readonly _id: string;
  readonly personId: string;
  readonly rows: string;
  readonly readAt: Date;
}

const schema = new Schema<ImportDocument>(
  { _id: { type: String, required: true }, personId: String, rows: String, readAt: Date },
  { versionKey: false },
);
// What was read and perhaps never confirmed is forgotten after a week; the cases stay.
schema.index({ readAt: 1 }, { expireAfterSeconds: retention.importMs / 1_000 });

const collection = 'imports';

/** Rows of a file that wait for somebody's word, sealed. */
export function createImports(connection: Connection, seal: Seal) {
  const model = connection.model('Import', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'rows' });
  return {
    async put(id: string, personId: string, rows: readonly ImportedRow[]): Promise<void> {
      await model.updateOne(
        { _id: id },
        { $setOnInsert: { personId, rows: seal.seal(place(id), rows), readAt: new Date() } },
        { upsert: true },
      );
    },
    /** The rows this person read in, or null when they are somebody else's or forgotten. */
    async rowsOf(id: string, personId: string): Promise<readonly ImportedRow[] | null> {
      const found = await model.findOne({ _id: id, personId }).lean<ImportDocument>();
      return found ? seal.open<readonly ImportedRow[]>(place(id), found.rows) : null;
    },
  };
}
