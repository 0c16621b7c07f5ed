import { trusted, type Connection } from 'mongoose';
import { caseStates, mainClock, type CaseRecord, type CaseState, type OutboxEntry } from '../domain/case.js';
import { untouched } from '../domain/file-case.js';
import { filesWaitSince } from '../domain/held-files.js';
import type { Viewer } from '../domain/people.js';
import { beyond, pageOf, type PageKey, type PageOf, type PageOrder } from './case-pages.js';
import { desksOf, listFilter } from './case-desks.js';
import { countByState } from './count-by-state.js';
import { oneById, writeTogether } from './together.js';
import { caseModel, type CaseDocument } from './case-schema.js';
import { dated } from './dated.js';

export type CasePage = PageOf<CaseRecord>;

export interface ListRequest {
  readonly states: readonly CaseState[];
  /** Leaves out what nobody has to do by a date. */
  readonly dueOnly: boolean;
  /** Ids of cases that belong to it in whatever state they are. */
  readonly also: readonly string[];
  readonly from: PageKey | null;
  readonly limit: number;
}

export interface NewestRequest {
  readonly states: readonly CaseState[];
  readonly departments: readonly string[];
  readonly from: PageKey | null;
  readonly limit: number;
}

export type Cases = ReturnType<typeof createCases>;

/** Cases by id; every write of a state carries the state and revision it replaces. */
export function createCases(connection: Connection) {
  const model = caseModel(connection);

  const one = oneById<CaseDocument>(model);
  const revOf = oneById<Pick<CaseDocument, '_id' | 'rev'>>(model, { rev: 1 });

  const write = writeTogether(model);

  const page = async (
    filters: readonly Record<string, unknown>[],
    order: PageOrder,
    { from, limit }: Pick<ListRequest, 'from' | 'limit'>,
  ): Promise<CasePage> => {
    const found = await pageOf(model, { filters, order, from, limit });
    return { ...found, cases: found.cases.map(toRecord) };
  };

  return {
    /** Inserts a new case; gives the one its draft has become before, or null when only its number is taken. */
    async insert(c: CaseRecord): Promise<CaseRecord | null> {
      const { id, ...rest } = c;
      try {
        await model.create({
          _id: id,
          ...rest,
          dueAt: dueAtOf(c),
          desks: desksOf(c),
          filesWaitSince: filesWaitSince(c),
          ...(c.outbox.length > 0 ? { relayAt: new Date() } : {}),
        });
        return c;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const existing = await model.findOne({ draftId: c.draftId }).lean<CaseDocument>();
        return existing ? toRecord(existing) : null;
      }
    },

    async byId(id: string): Promise<CaseRecord | null> {
      const found = await one(id);
      return found ? toRecord(found) : null;
    },

    /** How often a case has changed; null where there is none. */
    async revOf(id: string): Promise<number | null> {
      return (await revOf(id))?.rev ?? null;
    },

    async byNumber(number: string): Promise<CaseRecord | null> {
      const found = await model.findOne({ number }).lean<CaseDocument>();
      return found ? toRecord(found) : null;
    },

    async byDraft(draftId: string): Promise<CaseRecord | null> {
      const found = await model.findOne({ draftId }).lean<CaseDocument>();
      return found ? toRecord(found) : null;
    },

    /** Replaces `before` by `next` if nobody else did in between; false when somebody did. */
    async replace(before: CaseRecord, next: CaseRecord): Promise<boolean> {
      const history = next.history.slice(before.history.length);
      const outbox = next.outbox.slice(before.outbox.length);
      const result = await model.updateOne(
        { _id: before.id, rev: before.rev, state: before.state },
        {
          $set: {
            ...changedFields(before, next),
            dueAt: dueAtOf(next),
            desks: desksOf(next),
            filesWaitSince: filesWaitSince(next),
            ...(outbox.length > 0 ? { relayAt: new Date() } : {}),
          },
          ...(history.length + outbox.length > 0
            ? { $push: { history: { $each: history }, outbox: { $each: outbox } } }
            : {}),
        },
      );
      return result.matchedCount === 1;
    },

    /** Takes away outbox entries whose deliveries exist, and with the last of them the note that something waits. */
    async pullOutbox(id: string, entries: readonly OutboxEntry[]): Promise<void> {
      const ids = entries.map((entry) => entry.id);
      const left = {
        $filter: { input: '$outbox', cond: { $not: [{ $in: ['$$this.id', { $literal: ids }] }] } },
      };
      const relayAt = { $cond: [{ $eq: [{ $size: '$outbox' }, 0] }, '$$REMOVE', '$relayAt'] };
      await write({ filter: { _id: id }, update: [{ $set: { outbox: left } }, { $set: { relayAt } }] });
    },

    /** Nothing waits to be relayed any more. */
    async noteRelayed(id: string): Promise<void> {
      await write({ filter: { _id: id, outbox: { $size: 0 } }, update: { $unset: { relayAt: 1 } } });
    },

    /** Ids of cases whose outbox waits since before an instant (real time). */
    async waitingToRelay(before: Date, limit: number): Promise<readonly string[]> {
      const found = await model
        .find(dated('relayAt', { $lte: before }), { _id: 1 })
        .sort({ relayAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    /** Ids of cases to be woken at or before an instant (business time), the earliest first. */
    async dueToWake(now: Date, limit: number): Promise<readonly string[]> {
      const found = await model
        .find(dated('wakeAt', { $lte: now }), { _id: 1 })
        .sort({ wakeAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    /** The earliest instant (business time) after which some case is to be woken, at most `until`. */
    async nextWakeUpTo(after: Date, until: Date): Promise<Date | null> {
      const found = await model
        .findOne(dated('wakeAt', { $gt: after, $lte: until }), { wakeAt: 1 })
        .sort({ wakeAt: 1 })
        .lean<{ wakeAt: Date }>();
      return found?.wakeAt ?? null;
    },

    /** A reporter's own cases, the newest first. */
    ofReporter: (personId: string, asked: Pick<ListRequest, 'from' | 'limit'>) =>
      page([{ reporterId: personId }], { by: 'filedAt', way: -1 }, asked),

    /** What a viewer's department or desk has in the given states, the earliest due first. */
    listFor: (viewer: Viewer, { states, dueOnly, also, from, limit }: ListRequest) =>
      page(
        [
          { ...listFilter(viewer, states), ...(dueOnly ? { dueAt: trusted({ $lt: noDueDate }) } : {}) },
          ...(also.length > 0 ? [{ _id: trusted({ $in: [...also] }) }] : []),
        ],
        { by: 'dueAt', way: 1 },
        { from, limit },
      ),

    /** The latest cases of the same enterprise or the same reporter since an instant, without the case itself. */
    async ofSameOrigin(c: CaseRecord, since: Date): Promise<readonly CaseRecord[]> {
      const recent = { filedAt: trusted({ $gte: since }), _id: trusted({ $ne: c.id }) };
      const origins = [
        ...(c.reporterId === '' ? [] : [{ reporterId: c.reporterId }]),
        ...(c.enterpriseId === null ? [] : [{ enterpriseId: c.enterpriseId }]),
      ];
      const found = await Promise.all(
        origins.map(async (origin) =>
          model
            .find({ ...origin, ...recent })
            .sort({ filedAt: -1 })
            .limit(30)
            .lean<CaseDocument[]>(),
        ),
      );
      return [...new Map(found.flat().map((doc) => [doc._id, toRecord(doc)])).values()];
    },

    async byIds(ids: readonly string[]): Promise<readonly CaseRecord[]> {
      return (await model.find({ _id: trusted({ $in: [...ids] }) }).lean<CaseDocument[]>()).map(toRecord);
    },

    /** A viewer's cases in any of the states and departments given, the newest first; on a page key's side of it. */
    async newest(viewer: Viewer, { states, departments, from, limit }: NewestRequest) {
      const way = from?.towards === 'previous' ? 1 : -1;
      const mine = viewer.role === 'enterprise' ? { reporterId: viewer.personId } : {};
      const filter = {
        ...listFilter(viewer, states.length > 0 ? states : caseStates),
        ...mine,
        ...(departments.length > 0 ? { $and: [{ department: trusted({ $in: [...departments] }) }] } : {}),
      };
      const found = await model
        .find(from === null ? filter : { $and: [filter, beyond('filedAt', way, from)] })
        .sort({ filedAt: way, _id: way })
        .limit(limit)
        .lean<CaseDocument[]>();
      return found.map(toRecord);
    },

    countByState: async () => await countByState(caseStates, (state) => model.countDocuments({ state })),
  };
}

/** What has no due date sorts behind everything that has one. */
const noDueDate = new Date('9999-12-31T00:00:00Z');

const dueAtOf = (c: CaseRecord): Date => mainClock(c)?.dueAt ?? noDueDate;

function changedFields(before: CaseRecord, next: CaseRecord): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const key of Object.keys(next) as (keyof CaseRecord)[]) {
    if (key !== 'id' && key !== 'history' && key !== 'outbox' && next[key] !== before[key])
      changed[key] = next[key];
  }
  return changed;
}

/** A stored case as the rules know it. */
export function toRecord({
  _id,
  dueAt: _dueAt,
  desks: _desks,
  filesWaitSince: _filesWaitSince,
  relayAt: _relayAt,
  ...rest
}: CaseDocument): CaseRecord {
  return { id: _id, ...untouched, ...rest };
}

export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
