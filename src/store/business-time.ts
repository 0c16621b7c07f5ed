import { Schema, type Connection } from 'mongoose';
import { Fault } from '../errors.js';
import { oneById } from './together.js';

interface OffsetDocument {
  readonly _id: string;
  readonly offsetMs: number;
}

const schema = new Schema<OffsetDocument>(
  { _id: { type: String, required: true }, offsetMs: Number },
  { versionKey: false },
);

export type BusinessTime = ReturnType<typeof createBusinessTime>;

/** How far business time runs ahead of real time (rules §7, /dev/clock); every process reads it here. */
export function createBusinessTime(connection: Connection) {
  const model = connection.model('BusinessTime', schema, 'business_time');
  const one = oneById<OffsetDocument>(model);
  return {
    /** The store's own time, which leases are measured in, too. */
    async storeTime(): Promise<Date> {
      const answer: unknown = await connection.db?.command({ hello: 1 });
      const time = typeof answer === 'object' && answer !== null && 'localTime' in answer && answer.localTime;
      if (!(time instanceof Date)) throw new Fault('the store did not say what time it is');
      return time;
    },
    async offsetMs(): Promise<number> {
      return (await one('offset'))?.offsetMs ?? 0;
    },
    async setOffsetMs(offsetMs: number): Promise<void> {
      await model.updateOne({ _id: 'offset' }, { $set: { offsetMs } }, { upsert: true });
    },
  };
}
