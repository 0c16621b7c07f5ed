import { Schema, trusted, type Connection } from 'mongoose';
import type { StaffEvent } from '../domain/staff-events.js';

/** One change of who is who. Ids and codes only, no names. */
export interface StaffEntry {
  readonly at: Date;
  /** Who did it. */
  readonly by: string;
  readonly event: StaffEvent;
  /** Whom it is about, where somebody else. */
  readonly personId?: string;
  /** A role, a department's code, a field: joined by a dot. */
  readonly detail?: string;
}

type EntryDocument = StaffEntry & { readonly _id: string };

const schema = new Schema<EntryDocument>(
  {
    _id: { type: String, required: true },
    at: Date,
    by: String,
    event: String,
    personId: String,
    detail: String,
  },
  { versionKey: false },
);
// The administrator reads the latest ones; retention asks for the oldest.
schema.index({ at: -1 });

export type StaffLog = ReturnType<typeof createStaffLog>;

/** What happened to people and departments, never rewritten until its date; an update writes each of its events once. */
export function createStaffLog(connection: Connection) {
  const model = connection.model('StaffEntry', schema, 'staff_log');
  return {
    async note(causeId: string, entry: StaffEntry): Promise<void> {
      const _id = `${causeId}:${entry.event}`;
      await model.updateOne({ _id }, { $setOnInsert: { ...entry } }, { upsert: true });
    },
    /** Whether this very update has done it before. */
    has: async (causeId: string, event: StaffEvent): Promise<boolean> =>
      (await model.countDocuments({ _id: `${causeId}:${event}` })) === 1,

    async latest(limit: number): Promise<readonly StaffEntry[]> {
      const found = await model.find().sort({ at: -1 }).limit(limit).lean<EntryDocument[]>();
      return found.map(({ _id: _cause, ...entry }) => entry);
    },

    async eraseBefore(before: Date): Promise<number> {
      return (await model.deleteMany({ at: trusted({ $lt: before }) })).deletedCount;
    },
  };
}
