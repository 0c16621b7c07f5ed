import { randomBytes } from 'node:crypto';
import { Schema, trusted, type Connection } from 'mongoose';
import type { AuditFact } from '../domain/audit.js';
import { factFields } from './audit-fields.js';
import { writeTogether } from './together.js';

/** What waits to be chained: a fact, or a case whose history has grown. */
export type Waiting =
  | { readonly kind: 'fact'; readonly fact: AuditFact }
  | { readonly kind: 'case'; readonly caseId: string; readonly mark: number };

type WaitingDocument = Partial<Omit<AuditFact, 'id' | 'kind'>> & {
  readonly _id: string;
  readonly kind: AuditFact['kind'] | 'case';
  /** A closed row counts no further. */
  readonly closed: boolean;
  /** Denials that are counted together. */
  readonly key?: string;
  readonly mark?: number;
};

const schema = new Schema<WaitingDocument>(
  {
    _id: { type: String, required: true },
    kind: String,
    closed: Boolean,
    key: String,
    mark: Number,
    ...factFields,
  },
  { versionKey: false, collection: 'audit_waiting' },
);
// The writer takes what is closed.
schema.index({ closed: 1 });
// A denial looks for its like.
schema.index({ key: 1, closed: 1 }, { partialFilterExpression: { key: { $type: 'string' } } });

export type AuditWaiting = ReturnType<typeof createAuditWaiting>;

/** Looks, acts, denials and changed cases on their way into the chain; each is noted with one write. */
export function createAuditWaiting(connection: Connection) {
  const model = connection.model('AuditWaiting', schema);
  const write = writeTogether(model);
  return {
    /** A look or an act; the same one again, by its id, is no second one. */
    async fact({ id, ...fact }: AuditFact): Promise<void> {
      await write({ filter: { _id: id }, update: { $setOnInsert: { ...fact, closed: true } }, upsert: true });
    },

    /** A denial; the same one again is counted until the writer takes it. */
    async denial({ count, ...fact }: Omit<AuditFact, 'id'>): Promise<void> {
      const key = JSON.stringify([fact.by, fact.role, fact.what, fact.caseId]);
      const _id = `denial ${randomBytes(12).toString('base64url')}`;
      await model.updateOne(
        { key, closed: false },
        { $setOnInsert: { ...fact, _id }, $inc: { count } },
        { upsert: true },
      );
    },

    /** A case has changed; its history is read when it is chained. */
    async caseChanged(caseId: string): Promise<void> {
      await write({
        filter: { _id: `case ${caseId}` },
        update: { $setOnInsert: { kind: 'case', caseId, closed: true }, $inc: { mark: 1 } },
        upsert: true,
      });
    },

    /** Closes what is there and gives some of it, the oldest first. */
    async take(limit: number): Promise<readonly Waiting[]> {
      await model.updateMany({ closed: false }, { $set: { closed: true } });
      const found = await model.find({ closed: true }).sort({ at: 1 }).limit(limit).lean<WaitingDocument[]>();
      return found.map(toWaiting);
    },

    isEmpty: async (): Promise<boolean> => (await model.findOne({}, { _id: 1 }).lean()) === null,

    /** Forgets what was chained; a case that has changed meanwhile stays. */
    async done(rows: readonly Waiting[]): Promise<void> {
      const facts = rows.flatMap((row) => (row.kind === 'fact' ? [row.fact.id] : []));
      await model.deleteMany({ _id: trusted({ $in: facts }) });
      const cases = rows.flatMap((row) => (row.kind === 'case' ? [row] : []));
      await Promise.all(
        cases.map(async ({ caseId, mark }) => await write({ filter: { _id: `case ${caseId}`, mark } })),
      );
    },
  };
}

function toWaiting(doc: WaitingDocument): Waiting {
  if (doc.kind === 'case') return { kind: 'case', caseId: doc.caseId ?? '', mark: doc.mark ?? 0 };
  const { _id, kind, at = new Date(0), what = '', by = '', count = 1 } = doc;
  const { role = null, departments = null, caseId = null, rev = null, state = null, detail = null } = doc;
  return {
    kind: 'fact',
    fact: { id: _id, kind, at, what, by, role, departments, caseId, rev, state, detail, count },
  };
}
