import { Schema, trusted, type Connection } from 'mongoose';
import type { ClosingRow } from '../domain/rates/closing.js';
import type { Month } from '../domain/rates/month.js';
import { isDuplicate } from './cases.js';

/** A closing and the revision of the case that it was read from. */
type ClosingDocument = ClosingRow & { readonly _id: string; readonly rev: number };

const schema = new Schema<ClosingDocument>(
  {
    _id: { type: String, required: true },
    rev: Number,
    caseId: String,
    ordinal: Number,
    at: Date,
    month: String,
    department: String,
    onTime: Boolean,
    workingMinutes: Number,
    contacted: Boolean,
    answers: Schema.Types.Mixed,
    declined: Boolean,
    reopenedAt: Date,
    excluded: String,
  },
  { versionKey: false, minimize: false },
);
// The rates of a month, by department; the first month there is.
schema.index({ month: 1, department: 1 });

export type Closings = ReturnType<typeof createClosings>;

/**
 * What the rates count, one small row a striking off. A case remembers its closings in the same write that strikes it
 * off; these rows are copied from it, so that a month costs what its cases cost and opens no case.
 */
export function createClosings(connection: Connection) {
  const model = connection.model('Closing', schema, 'closings');
  return {
    /** Copies a case's closings as of a revision; a row read from a later revision stays. Doing it twice is once. */
    async put(rows: readonly ClosingRow[], rev: number): Promise<void> {
      for (const row of rows) {
        const _id = `${row.caseId}.${row.ordinal}`;
        try {
          await model.updateOne(
            { _id, rev: trusted({ $lte: rev }) },
            { $set: { ...row, rev } },
            { upsert: true },
          );
        } catch (error) {
          // The row is there, of a later revision.
          if (!isDuplicate(error)) throw error;
        }
      }
    },

    async ofMonth(month: Month): Promise<readonly ClosingRow[]> {
      const found = await model.find({ month }).lean<ClosingDocument[]>();
      return found.map(({ _id, rev: _rev, ...row }) => row);
    },

    /** The first month in which anything was struck off. */
    async firstMonth(): Promise<Month | null> {
      const found = await model.findOne().sort({ month: 1 }).lean<ClosingDocument>();
      return found?.month ?? null;
    },
  };
}
