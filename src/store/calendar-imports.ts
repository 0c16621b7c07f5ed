import { Schema, trusted, type Connection } from 'mongoose';
import type { CalendarYear } from '../domain/calendar/calendar.js';
import type { DayChanges } from '../domain/calendar/new-years.js';
import { isDuplicate } from './cases.js';

/** Years as an administrator imported them. It never changes; a later import of the same year takes its place. */
export interface CalendarImport extends DayChanges {
  /** Counts the imports from 1; 0 is the calendar that comes with the program. */
  readonly revision: number;
  readonly years: readonly CalendarYear[];
  readonly importedBy: string;
  /** Business time. */
  readonly importedAt: Date;
  readonly proposalId: string;
}

interface CalendarImportDocument extends Omit<CalendarImport, 'revision'> {
  readonly _id: number;
  readonly untold?: boolean;
}

const schema = new Schema<CalendarImportDocument>(
  {
    _id: { type: Number, required: true },
    years: Schema.Types.Mixed,
    free: [String],
    worked: [String],
    importedBy: String,
    importedAt: Date,
    proposalId: String,
    untold: Boolean,
  },
  { versionKey: false },
);
// The sweep asks which import was not told yet.
schema.index({ untold: 1 }, { sparse: true });

const toImport = ({ _id, untold: _untold, ...rest }: CalendarImportDocument): CalendarImport => ({
  revision: _id,
  ...rest,
});

/** The imports of holidays, numbered from 1; one is added, none is ever changed. */
export function createCalendarImports(connection: Connection) {
  const model = connection.model('CalendarImport', schema, 'calendar_imports');
  return {
    /** False when this revision exists already: somebody was faster. */
    async add({ revision, ...rest }: CalendarImport): Promise<boolean> {
      try {
        await model.create({ _id: revision, ...rest, untold: true });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },

    /** Every import later than one, the earliest first. */
    async after(revision: number): Promise<readonly CalendarImport[]> {
      const found = await model
        .find({ _id: trusted({ $gt: revision }) })
        .sort({ _id: 1 })
        .lean<CalendarImportDocument[]>();
      return found.map(toImport);
    },

    async byNumber(revision: number): Promise<CalendarImport | null> {
      const found = await model.findOne({ _id: revision }).lean<CalendarImportDocument>();
      return found ? toImport(found) : null;
    },

    untold: async (): Promise<readonly CalendarImport[]> =>
      (await model.find({ untold: true }).lean<CalendarImportDocument[]>()).map(toImport),

    async noteTold(revision: number): Promise<void> {
      await model.updateOne({ _id: revision }, { $unset: { untold: 1 } });
    },
  };
}
