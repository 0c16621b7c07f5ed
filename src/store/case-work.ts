import { trusted, type Connection } from 'mongoose';
import { caseStates, openStates, type CaseRecord, type CaseState } from '../domain/case.js';
import { liveStates } from '../domain/transitions/row.js';
import type { Viewer } from '../domain/people.js';
import { listFilter } from './case-desks.js';
import { caseModel, type CaseDocument } from './case-schema.js';
import { toRecord } from './cases.js';
import { dated } from './dated.js';
import { keepsOutAll, keptOut } from './kept-out.js';

/** Somebody with cases in hand. */
export interface Holding {
  readonly handlerId: string;
  readonly department: string;
  readonly open: number;
}

/** Cases that wait for the commission itself. */
const deskStates: readonly CaseState[] = ['filed', 'returned', 'submitted', 'sealed', 'transferred'];
const unarchived = caseStates.filter((state) => state !== 'archived');
/** More than anybody reads; the lists show the rest. */
const most = 500;

const inStates = (states: readonly CaseState[]) => trusted({ $in: [...states] });

export type CaseWork = ReturnType<typeof createCaseWork>;

/** The work that lies before departments, the commission and single handlers. */
export function createCaseWork(connection: Connection) {
  const model = caseModel(connection);
  const found = async (filter: Record<string, unknown>): Promise<readonly CaseRecord[]> =>
    (await model.find(filter).sort({ dueAt: 1 }).limit(most).lean<CaseDocument[]>()).map(toRecord);

  return {
    /** What every case says has happened to it. */
    async *histories(): AsyncGenerator<Pick<CaseRecord, 'id' | 'number' | 'history'>> {
      const fields = { number: 1, history: 1 };
      for await (const doc of model.find({}, fields).sort({ _id: 1 }).lean<CaseDocument[]>().cursor())
        yield { id: doc._id, number: doc.number, history: doc.history };
    },

    /** As lead or as co-department. */
    ofDepartments: (departments: readonly string[]) =>
      found({
        desks: trusted({ $in: departments.map((code) => `${code}/head`) }),
        state: inStates(openStates),
      }),

    /** What waits for the commission, and what is due in the departments before an instant. */
    async ofCommission(dueBefore: Date): Promise<readonly CaseRecord[]> {
      const [desk, late] = await Promise.all([
        found({ state: inStates(deskStates) }),
        found({
          state: inStates(openStates.filter((state) => !deskStates.includes(state))),
          dueAt: trusted({ $lt: dueBefore }),
        }),
      ]);
      return [...late, ...desk].toSorted((a, b) => rank(a) - rank(b));
    },

    /** What lies on somebody's desk in these states, due before an instant where one is given. */
    onDesk: (viewer: Viewer, states: readonly CaseState[], dueBefore: Date | null) =>
      found({
        ...listFilter(viewer, states),
        ...(dueBefore === null ? {} : { dueAt: trusted({ $lt: dueBefore }) }),
      }),

    /** Ids of cases in which files of the enterprise wait to be released until an instant, the longest waiting first. */
    async withWaitingFiles(until: Date): Promise<readonly string[]> {
      const found = await model
        .find(dated('filesWaitSince', { $lte: until }), { _id: 1 })
        .sort({ filesWaitSince: 1 })
        .limit(most)
        .lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    ofHandler: (handlerId: string, department: string) =>
      found({ handlerId, department, state: inStates(openStates) }),

    /** Cases in which somebody still owes something, the sealed ones included. */
    countRunning: async (): Promise<number> => await model.countDocuments({ state: inStates(liveStates) }),

    /** Ids of cases that are not put away yet and whose dates come from an older calendar. */
    async behindCalendar(revision: number, limit: number): Promise<readonly string[]> {
      const older = [null, ...Array.from({ length: revision }, (_, i) => i)];
      const found = await model
        .find({ calendarRevision: trusted({ $in: older }), state: inStates(unarchived) }, { _id: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    /** Running cases of which each of these people is kept out: with them alone nobody would read them. All of them where there is nobody. */
    countUnreadBy: async (people: readonly string[]): Promise<number> =>
      await model.countDocuments({ state: inStates(liveStates), ...keepsOutAll(people) }),

    /** Cases that wait for a signature of a department whose people, these, are all kept out or gone. */
    unsignedBy: (department: string, people: readonly string[]) =>
      found({ state: 'dispatched', department, ...keepsOutAll(people) }),

    /** Cases in which somebody still owes something, page by page by id. */
    async runningAfter(id: string, limit: number): Promise<readonly CaseRecord[]> {
      const found = await model
        .find({ state: inStates(liveStates), _id: trusted({ $gt: id }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CaseDocument[]>();
      return found.map(toRecord);
    },

    /** Everybody who has open cases in hand, with their number per department, as far as `reader` may know of them. */
    async holdings(department?: string, reader?: string): Promise<readonly Holding[]> {
      const rows = await model.aggregate<{
        _id: { handlerId: string; department: string };
        count: number;
      }>([
        {
          $match: {
            state: { $in: [...openStates] },
            handlerId: { $type: 'string' },
            ...(department === undefined ? {} : { department }),
            ...seenBy(reader),
          },
        },
        {
          $group: {
            _id: { handlerId: '$handlerId', department: '$department' },
            count: { $sum: 1 },
          },
        },
      ]);
      return rows.map(({ _id, count }) => ({ ..._id, open: count }));
    },
  };
}

const seenBy = (reader?: string) => (reader === undefined ? {} : keptOut(reader, 'head'));

const rank = (c: CaseRecord): number =>
  Math.min(
    ...c.clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ dueAt }) => dueAt.getTime()),
    Number.MAX_SAFE_INTEGER,
  );
