import { Schema, type Connection } from 'mongoose';
import { isDuplicate } from './cases.js';
import { retention } from '../domain/retention.js';

interface AnswerDocument {
  readonly _id: string;
  readonly begunAt: Date;
  readonly done: boolean;
  /** How often it was not known whether it had arrived. */
  readonly ambiguous: number;
}

const schema = new Schema<AnswerDocument>(
  { _id: { type: String, required: true }, begunAt: Date, done: Boolean, ambiguous: Number },
  { versionKey: false },
);
// An update is handled again within hours, or once it was revived as a dead letter; then its answers are forgotten. The index is
// not on `at`: by that one, which still lies in their stores, earlier versions forgot too soon.
schema.index({ begunAt: 1 }, { expireAfterSeconds: retention.answerMs / 1_000 });
// Whoever looks after the program asks how many may have arrived without our knowing.
schema.index({ ambiguous: 1 }, { partialFilterExpression: { ambiguous: { $gt: 0 } } });

export type Answers = ReturnType<typeof createAnswers>;

/** Which parts of an answer were given: an update that is handled again must not send files or long texts twice. */
export function createAnswers(connection: Connection) {
  const model = connection.model('Answer', schema, 'answers');
  const idOf = (causeId: string, part: number): string => `${causeId}#${part}`;

  return {
    /** Notes that a part is about to be sent; false when it was before, whether or not it arrived. */
    async begin(causeId: string, part: number): Promise<boolean> {
      const _id = idOf(causeId, part);
      try {
        await model.create({ _id, begunAt: new Date(), done: false, ambiguous: 0 });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await model.updateOne({ _id, done: false, ambiguous: 0 }, { $set: { ambiguous: 1 } });
        return false;
      }
    },

    async end(causeId: string, part: number, outcome: 'sent' | 'not-sent' | 'unknown'): Promise<void> {
      const _id = idOf(causeId, part);
      if (outcome === 'not-sent') await model.deleteOne({ _id });
      else if (outcome === 'unknown') await model.updateOne({ _id }, { $set: { ambiguous: 1 } });
      else await model.updateOne({ _id }, { $set: { done: true } });
    },
  };
}
