import { Schema, trusted, type Connection } from 'mongoose';

/** Something that comes round by itself and is not a case (design §2.6). */
export interface Schedule {
  readonly name: string;
  /** Which one of its name, where there are several. */
  readonly key: string;
  /** Business time. */
  readonly dueAt: Date;
}

type ScheduleDocument = Schedule & { readonly _id: string };

const schema = new Schema<ScheduleDocument>(
  { _id: { type: String, required: true }, name: String, key: String, dueAt: Date },
  { versionKey: false },
);
// The sweep asks which rows are due, the test clock which comes next.
schema.index({ dueAt: 1 });

export type Schedules = ReturnType<typeof createSchedules>;

/** Rows by name and key; a row moves on by a write that names the instant it had, so one round moves it once. */
export function createSchedules(connection: Connection) {
  const model = connection.model('Schedule', schema, 'schedules');
  const idOf = ({ name, key }: Pick<Schedule, 'name' | 'key'>): string => `${name}:${key}`;

  return {
    /** Makes a row where there is none. */
    async ensure(schedule: Schedule): Promise<void> {
      await model.updateOne({ _id: idOf(schedule) }, { $setOnInsert: { ...schedule } }, { upsert: true });
    },

    async byName(name: string, key: string): Promise<Schedule | null> {
      const found = await model.findOne({ _id: idOf({ name, key }) }).lean<ScheduleDocument>();
      return found && { name: found.name, key: found.key, dueAt: found.dueAt };
    },

    async due(now: Date): Promise<readonly Schedule[]> {
      const found = await model
        .find({ dueAt: trusted({ $lte: now }) })
        .sort({ dueAt: 1 })
        .lean<ScheduleDocument[]>();
      return found.map(({ name, key, dueAt }) => ({ name, key, dueAt }));
    },

    /** False when somebody else has moved it on before. */
    async moveOn(schedule: Schedule, dueAt: Date): Promise<boolean> {
      const moved = await model.updateOne(
        { _id: idOf(schedule), dueAt: schedule.dueAt },
        { $set: { dueAt } },
      );
      return moved.matchedCount === 1;
    },

    /** The earliest row after an instant, at most `until`, but for those of some names. */
    async nextDueUpTo(after: Date, until: Date, except: readonly string[]): Promise<Date | null> {
      const found = await model
        .findOne(
          { dueAt: trusted({ $gt: after, $lte: until }), name: trusted({ $nin: [...except] }) },
          { dueAt: 1 },
        )
        .sort({ dueAt: 1 })
        .lean<{ dueAt: Date }>();
      return found?.dueAt ?? null;
    },
  };
}
