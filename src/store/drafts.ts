import { randomUUID } from 'node:crypto';
import { Schema, trusted, type Connection } from 'mongoose';
import type { Draft } from '../domain/draft.js';
import type { Seal } from '../seal.js';
import { manyByOne, oneById, writeTogether } from './together.js';

type DraftDocument = Omit<Draft, 'id' | 'answers'> & {
  readonly _id: string;
  readonly answers: string;
  readonly updatedAt: Date;
  /** Names the change that was made last, so that whoever made it knows. */
  readonly writing?: string;
};

const schema = new Schema<DraftDocument>(
  {
    _id: { type: String, required: true },
    personId: String,
    role: String,
    form: String,
    transition: String,
    caseId: String,
    rev: Number,
    state: String,
    answers: String,
    causes: [String],
    album: String,
    cardMessageId: Number,
    updatedAt: Date,
    writing: String,
  },
  { versionKey: false },
);
// Retention asks which forms nobody has touched for long.
schema.index({ state: 1, updatedAt: 1 });
// A person comes back to the report he left unfinished.
schema.index({ personId: 1, state: 1, form: 1 });

// A repeated update looks for the form it completed.
schema.index({ personId: 1, causes: 1 });
// The erasure of a case takes along the forms that were about it.
schema.index({ caseId: 1 });

// The next file of an album looks for the form that its first file completed.
schema.index({ personId: 1, album: 1 }, { partialFilterExpression: { album: { $type: 'string' } } });

const collection = 'drafts';
const rememberedCauses = 20;

export type Drafts = ReturnType<typeof createDrafts>;

/** Drafts by id, their answers sealed; every change carries the revision it replaces and the update that caused it. */
export function createDrafts(connection: Connection, seal: Seal, now: () => Date) {
  const model = connection.model('Draft', schema, collection);
  const place = (id: string) => ({ collection, id, field: 'answers' });
  const open = ({ _id, answers, updatedAt: _at, writing: _writing, ...rest }: DraftDocument): Draft => ({
    id: _id,
    ...rest,
    answers: seal.open(place(_id), answers),
  });

  const one = oneById<DraftDocument>(model);
  const write = writeTogether(model);
  const reportsOf = manyByOne(
    async (personIds) =>
      await model
        .find({ personId: trusted({ $in: [...personIds] }), state: 'open', form: 'report' })
        .sort({ updatedAt: -1 })
        .lean<DraftDocument[]>(),
    ({ personId }) => personId,
  );

  return {
    /** Stores a new form; gives the one that is there, which an earlier try may have stored. */
    async insert(draft: Draft): Promise<Draft> {
      const { id, answers, ...rest } = draft;
      const sealedAnswers = seal.seal(place(id), answers);
      const doc = await model
        .findOneAndUpdate(
          { _id: id },
          { $setOnInsert: { ...rest, answers: sealedAnswers, updatedAt: now() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<DraftDocument>();
      return doc ? open(doc) : draft;
    },

    async byId(id: string): Promise<Draft | null> {
      const doc = await one(id);
      return doc ? open(doc) : null;
    },

    /** The unfinished report of a person, the one he touched last. */
    async openReportOf(personId: string): Promise<Draft | null> {
      const [doc] = await reportsOf(personId);
      return doc ? open(doc) : null;
    },

    /** The form that this very update changed before. */
    async byCause(personId: string, causeId: string): Promise<Draft | null> {
      const doc = await model.findOne({ personId, causes: causeId }).lean<DraftDocument>();
      return doc ? open(doc) : null;
    },

    /** The form that the first file of this album completed. */
    async byAlbum(personId: string, album: string): Promise<Draft | null> {
      const doc = await model.findOne({ personId, album }).lean<DraftDocument>();
      return doc ? open(doc) : null;
    },

    /** Saves new answers or a new state over `before`; false when another change or this very cause came first. */
    async replace(
      before: Draft,
      change: { readonly answers?: unknown; readonly state?: Draft['state']; readonly album?: string },
      causeId: string,
    ): Promise<boolean> {
      const writing = randomUUID();
      const found = await write({
        filter: { _id: before.id, rev: before.rev, state: before.state, causes: { $ne: causeId } },
        update: {
          $set: {
            updatedAt: now(),
            writing,
            ...(change.state ? { state: change.state } : {}),
            ...(change.album ? { album: change.album } : {}),
            ...(change.answers === undefined ? {} : { answers: seal.seal(place(before.id), change.answers) }),
          },
          $inc: { rev: 1 },
          $push: { causes: { $each: [causeId], $slice: -rememberedCauses } },
        },
      });
      return found ?? (await one(before.id))?.writing === writing;
    },

    /** Throws away the forms of one person. */
    async eraseOf(personId: string): Promise<void> {
      await model.deleteMany({ personId });
    },

    /** Throws away what one person has begun and not sent. */
    async eraseOpenOf(personId: string): Promise<void> {
      await model.deleteMany({ personId, state: 'open' });
    },

    /** Throws away the report a case was made of, and the forms about it. */
    async eraseOfCase({ id, draftId }: { readonly id: string; readonly draftId: string }): Promise<void> {
      await model.deleteMany({ $or: [{ _id: draftId }, { caseId: id }] });
    },

    /** Throws away what nobody has touched since an instant (business time), gives how many. */
    async eraseBefore(state: Draft['state'], before: Date): Promise<number> {
      const { deletedCount } = await model.deleteMany({ state, updatedAt: trusted({ $lt: before }) });
      return deletedCount;
    },

    async setCard(id: string, cardMessageId: number): Promise<void> {
      await write({ filter: { _id: id }, update: { $set: { cardMessageId } } });
    },
  };
}
