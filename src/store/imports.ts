import { Schema, type Connection } from 'mongoose';
import type { ImportedRow } from '../domain/import-rows.js';
import { retention } from '../domain/retention.js';
import type { Seal } from '../seal.js';
import { dated } from './dated.js';

interface ImportDocument {
  readonly _id: string;
  readonly personId: string;
  readonly rows: string;
  readonly readAt: Date;
  /** Confirmed and not finished yet: by which update, since when (real time). */
  readonly causeId?: string;
  readonly confirmedAt?: Date;
}

/** An import whose rows are not all filed. */
export interface Unfinished {
  readonly id: string;
  readonly personId: string;
  readonly causeId: string;
}

const schema = new Schema<ImportDocument>(
  {
    _id: { type: String, required: true },
    personId: String,
    rows: String,
    readAt: Date,
    causeId: String,
    confirmedAt: Date,
  },
  { versionKey: false },
);
// What was read and perhaps never confirmed is forgotten after a week; the cases stay.
schema.index({ readAt: 1 }, { expireAfterSeconds: retention.importMs / 1_000 });

// The sweep asks which imports were begun and never finished.
schema.index({ confirmedAt: 1 }, { partialFilterExpression: { confirmedAt: { $type: 'date' } } });

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
    /** Notes that its rows are being filed. */
    async begin(id: string, causeId: string): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { causeId, confirmedAt: new Date() } });
    },
    async finish(id: string): Promise<void> {
      await model.updateOne({ _id: id }, { $unset: { causeId: 1, confirmedAt: 1 } });
    },
    /** Imports begun before an instant (real time) and not finished. */
    async unfinished(before: Date): Promise<readonly Unfinished[]> {
      const found = await model
        .find(dated('confirmedAt', { $lte: before }))
        .limit(20)
        .lean<ImportDocument[]>();
      return found.map(({ _id, personId, causeId = '' }) => ({ id: _id, personId, causeId }));
    },
    /** The rows this person read in, or null when they are somebody else's or forgotten. */
    async rowsOf(id: string, personId: string): Promise<readonly ImportedRow[] | null> {
      const found = await model.findOne({ _id: id, personId }).lean<ImportDocument>();
      return found ? seal.open<readonly ImportedRow[]>(place(id), found.rows) : null;
    },
  };
}
