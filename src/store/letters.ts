import { Schema, type Connection } from 'mongoose';
import type { Letter, LetterFacts, LetterKind } from '../domain/letters.js';
import { Fault, InvariantError } from '../errors.js';
import type { Keys } from './keys.js';
import { isDuplicate } from './cases.js';

interface LetterDocument {
  readonly _id: string;
  readonly caseId: string;
  readonly kind: LetterKind;
  readonly year: number;
  readonly number: number;
  readonly clock: Letter['clock'];
  /** Gone once the case was erased. */
  readonly facts?: string;
}

const schema = new Schema<LetterDocument>(
  {
    _id: { type: String, required: true },
    caseId: String,
    kind: String,
    year: Number,
    number: Number,
    clock: Schema.Types.Mixed,
    facts: String,
  },
  { versionKey: false },
);
// No number is given twice; the next one is one more than the last of its kind and year.
schema.index({ kind: 1, year: 1, number: 1 }, { unique: true });
// A card names the letters of its case and offers them again.
schema.index({ caseId: 1 });

const collection = 'letters';
const tries = 100;

export type Letters = ReturnType<typeof createLetters>;

/** Letters by a keyed hash of what caused them; what they say is sealed with the key of the case, since it names people. */
export function createLetters(connection: Connection, keys: Pick<Keys, 'ofCase' | 'ofCases'>) {
  const model = connection.model('Letter', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'facts' });
  /**
   * A letter of an erased case keeps its number and says nothing any more: it is not given. The key alone does not tell:
   * another process may still remember it.
   */
  const open = async ({ _id, facts, ...rest }: LetterDocument): Promise<readonly Letter[]> => {
    const key = (await keys.ofCases([rest.caseId])).get(rest.caseId);
    return key && facts !== undefined
      ? [{ id: _id, ...rest, facts: revived(key.open<Stored>(place(_id), facts)) }]
      : [];
  };

  return {
    /** Gives the letter its number, once per id: the number is taken by the very write that stores the letter, so none is lost. */
    async issue({ id, ...letter }: Omit<Letter, 'number'>): Promise<Letter> {
      const facts = (await keys.ofCase(letter.caseId)).seal(place(id), letter.facts);
      for (let attempt = 0; attempt < tries; attempt++) {
        const known = await model.findOne({ _id: id }).lean<LetterDocument>();
        const [issued] = known ? await open(known) : [];
        if (issued) return issued;
        // Its id is taken for good: no number would ever be free for it.
        if (known) throw new InvariantError('the case of this letter was erased');
        const last = await model
          .findOne({ kind: letter.kind, year: letter.year }, { number: 1 })
          .sort({ number: -1 })
          .lean<{ number: number }>();
        const number = (last?.number ?? 0) + 1;
        try {
          await model.create({ _id: id, ...letter, number, facts });
          return { id, ...letter, number };
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
      throw new Fault('a letter found no number');
    },

    async byId(id: string): Promise<Letter | null> {
      const found = await model.findOne({ _id: id }).lean<LetterDocument>();
      const [letter] = found ? await open(found) : [];
      return letter ?? null;
    },

    /** The letters of a case, the oldest first. */
    async ofCase(caseId: string): Promise<readonly Letter[]> {
      const found = await Promise.all((await model.find({ caseId }).lean<LetterDocument[]>()).map(open));
      return found.flat().toSorted((a, b) => a.facts.issuedAt.getTime() - b.facts.issuedAt.getTime());
    },

    /** What they said goes; that a number was given stays, or the next letter would take it again. */
    async erase(caseId: string): Promise<void> {
      await model.updateMany({ caseId }, { $unset: { facts: 1 } });
    },
  };
}

type Dates = 'filedAt' | 'dueAt' | 'issuedAt' | 'answerBy';
type Stored = Omit<LetterFacts, Dates> & {
  readonly [K in Dates]: null extends LetterFacts[K] ? string | null : string;
};

/** Dates are texts inside a sealed value. */
function revived({ filedAt, dueAt, issuedAt, answerBy, ...rest }: Stored): LetterFacts {
  return {
    ...rest,
    filedAt: new Date(filedAt),
    issuedAt: new Date(issuedAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
    answerBy: answerBy === null ? null : new Date(answerBy),
  };
}
