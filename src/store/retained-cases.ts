import { trusted, type Connection } from 'mongoose';
import { openStates, type CaseRecord } from '../domain/case.js';
import { caseModel, type CaseDocument } from './case-schema.js';
import { toRecord } from './cases.js';
import { dated } from './dated.js';

export type RetainedCases = ReturnType<typeof createRetainedCases>;

/** Cases as far as keeping and erasing them goes. */
export function createRetainedCases(connection: Connection) {
  const model = caseModel(connection);
  return {
    /** Cases whose content is to be erased at or before an instant (business time) and which no hold keeps, the earliest first. */
    async dueToErase(now: Date, limit: number): Promise<readonly CaseRecord[]> {
      const found = await model
        .find({ ...dated('eraseAt', { $lte: now }), heldAt: null })
        .sort({ eraseAt: 1 })
        .limit(limit)
        .lean<CaseDocument[]>();
      return found.map(toRecord);
    },

    /** Cases that an earlier version archived, without a date to erase them. */
    async archivedWithoutDate(limit: number): Promise<readonly CaseRecord[]> {
      const found = await model
        .find({ state: 'archived', eraseAt: null, erasedAt: null })
        .limit(limit)
        .lean<CaseDocument[]>();
      return found.map(toRecord);
    },

    /** Takes the reporter out of the history of an erased case. */
    async forgetReporter(id: string): Promise<void> {
      await model.updateOne(
        { _id: id, erasedAt: trusted({ $ne: null }) },
        { $set: { 'history.$[own].by': '' } },
        { arrayFilters: [{ 'own.relation': 'reporter' }] },
      );
    },

    /** Takes out of an erased case which others it belonged to and whom it accused, and out of those others that it did. */
    async forgetTies({ id, linkedIds }: Pick<CaseRecord, 'id' | 'linkedIds'>): Promise<void> {
      await model.updateMany({ _id: trusted({ $in: [...linkedIds] }) }, { $pull: { linkedIds: id } });
      const none = { linkedIds: [], mergedInto: null, excludedPersonIds: [], excludedDepartments: [] };
      await model.updateOne({ _id: id, erasedAt: trusted({ $ne: null }) }, { $set: none });
    },

    /** Ids of all cases of a reporter. */
    async idsOfReporter(personId: string): Promise<readonly string[]> {
      const found = await model.find({ reporterId: personId }, { _id: 1 }).lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    /** How many cases a reporter has, and in how many of them he is still owed something. */
    async countOfReporter(reporterId: string): Promise<{ readonly open: number; readonly all: number }> {
      const state = trusted({ $in: [...openStates, 'sealed' as const] });
      const [open, all] = await Promise.all([
        model.countDocuments({ reporterId, state }),
        model.countDocuments({ reporterId }),
      ]);
      return { open, all };
    },

    /** Which of these ids belong to a case. */
    async existing(ids: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await model
        .find({ _id: trusted({ $in: [...ids] }) }, { _id: 1 })
        .lean<{ _id: string }[]>();
      return new Set(found.map((doc) => doc._id));
    },

    /** When an erased case is to be looked at again; null once nothing is left to do. */
    async setEraseAt(id: string, eraseAt: Date | null): Promise<void> {
      await model.updateOne({ _id: id, erasedAt: trusted({ $ne: null }) }, { $set: { eraseAt } });
    },
  };
}
