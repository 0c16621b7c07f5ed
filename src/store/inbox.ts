import { mongo, trusted } from 'mongoose';
import type { Seal } from '../seal.js';
import type { Connection } from './connect.js';
import { together, writeTogether } from './together.js';
import { inboxCollection, inboxModel, referenceOf, type InboxRow } from './inbox-schema.js';

/** An update as it came in: `lanes` are the chat and the person whose order it must keep. */
export interface Incoming {
  readonly updateId: number;
  readonly lanes: readonly (string | number)[];
  readonly update: unknown;
}

/** An update that waits; `id` is the cause that every write on its behalf carries (design §2.1). */
export interface WaitingUpdate {
  readonly id: string;
  readonly updateId: number;
  /** Keyed hashes, sorted, never the ids themselves. */
  readonly lanes: readonly string[];
  readonly failures: number;
  /** How often whoever had it in hand was gone; no failure of its own. */
  readonly orphanings: number;
  readonly nextAttemptAt: Date | undefined;
  readonly receivedAt: Date;
  /** Decrypts the content; throws when the stored text was tampered with. */
  open(): unknown;
}

export interface InboxCounts {
  readonly waiting: number;
  readonly dead: number;
  /** Since when the one that waits longest could be handled: what was put off, and what queues behind it, is not late. */
  readonly oldestWaitingAt: Date | undefined;
}

export interface Inbox {
  /**
   * Stores updates encrypted; one that is already known is left as it is. Resolves when the store has acknowledged all,
   * with the lanes each of them belongs to.
   */
  insert(botId: number, incoming: readonly Incoming[]): Promise<readonly (readonly string[])[]>;
  /** The lanes of the oldest waiting updates, oldest first, without those that touch a lane of `except`. */
  heads(query: {
    readonly except: readonly string[];
    readonly limit: number;
  }): Promise<readonly (readonly string[])[]>;
  /** What waits in any of these lanes, in the order it must be handled. */
  waiting(lanes: readonly string[], limit: number): Promise<readonly WaitingUpdate[]>;
  /** Marks an update as handled: its content is erased, its id kept 3 days against repetition. */
  finish(id: string): Promise<void>;
  /** Puts an update off after a failure; `failures` is their number so far. */
  postpone(id: string, failures: number, nextAttemptAt: Date): Promise<void>;
  /** Notes that it was left behind in the middle, so many times by now. */
  noteOrphaned(id: string, orphanings: number): Promise<void>;
  /** The short number by which a person can ask about an update that could not be handled; always the same for one id. */
  referenceOf(id: string): string;
  /** Sets an update aside; it stays, sealed, until an administrator has it handled again. */
  bury(id: string, failures: number, errorClass: string): Promise<void>;
  /** How much waits, counted up to `most`. */
  countWaiting(most: number): Promise<number>;
  count(): Promise<InboxCounts>;
}

interface Asked {
  readonly lanes: readonly string[];
  readonly limit: number;
}

/** The inbox: an update is dealt with once it is here (design §2.1). */
export const createInbox = (connection: Connection, seal: Seal): Inbox => {
  const model = inboxModel(connection);
  // One round trip for a whole batch, without a schema's detour: the rows are made here.
  const rawRows = connection.collection<InboxRow>(inboxCollection);
  const placeOf = (id: string) => ({ collection: inboxCollection, id, field: 'payload' });

  const toRow = (botId: number, { updateId, lanes, update }: Incoming): InboxRow => {
    const id = `${botId}:${updateId}`;
    // An update that belongs to nobody gets a lane of its own.
    const keys =
      lanes.length > 0 ? lanes.map((lane) => seal.lookup('lane', lane)) : [seal.lookup('update', id)];
    return {
      _id: id,
      state: 'new',
      updateId,
      lanes: [...new Set(keys)].sort(),
      payload: seal.seal(placeOf(id), update),
      receivedAt: new Date(),
    };
  };

  const toWaiting = (row: InboxRow): WaitingUpdate => ({
    id: row._id,
    updateId: row.updateId,
    lanes: row.lanes ?? [],
    failures: row.failures ?? 0,
    orphanings: row.orphanings ?? 0,
    nextAttemptAt: row.nextAttemptAt,
    receivedAt: row.receivedAt,
    open: () => seal.open(placeOf(row._id), row.payload ?? ''),
  });

  const write = writeTogether(model);
  const oldest = async (lanes: readonly string[], limit: number): Promise<readonly InboxRow[]> =>
    await model
      .find({ state: 'new' as const, lanes: trusted({ $in: [...lanes] }) })
      .sort({ updateId: 1 })
      .limit(limit)
      .lean<InboxRow[]>();
  /** Of many lanes at once, as long as that shows everything that waits in them: behind a long one others may hide. */
  const waitingIn = together<Asked, readonly InboxRow[]>(async (asked) => {
    const most = asked.reduce((sum, { limit }) => sum + limit, 0);
    const rows = await oldest([...new Set(asked.flatMap(({ lanes }) => lanes))], most);
    if (asked.length > 1 && rows.length === most)
      return await Promise.all(asked.map(async ({ lanes, limit }) => await oldest(lanes, limit)));
    return asked.map(({ lanes, limit }) =>
      rows.filter((row) => row.lanes?.some((lane) => lanes.includes(lane))).slice(0, limit),
    );
  });

  return {
    async insert(botId, incoming) {
      if (incoming.length === 0) return [];
      const rows = incoming.map((one) => toRow(botId, one));
      try {
        await rawRows.insertMany(rows, { ordered: false, writeConcern: { w: 'majority' } });
      } catch (error) {
        if (!isOnlyRepetition(error, incoming.length)) throw error;
      }
      return rows.map(({ lanes = [] }) => lanes);
    },

    async heads({ except, limit }) {
      const filter = {
        state: 'new' as const,
        ...(except.length > 0 && { lanes: trusted({ $nin: [...except] }) }),
      };
      const rows = await model
        .find(filter, { lanes: 1 })
        .sort({ updateId: 1 })
        .limit(limit)
        .lean<InboxRow[]>();
      return rows.map((row) => row.lanes ?? []);
    },

    async waiting(lanes, limit) {
      return (await waitingIn({ lanes, limit })).map(toWaiting);
    },

    async finish(id) {
      const counted = { failures: 1, orphanings: 1, nextAttemptAt: 1, receivedAt: 1 } as const;
      await write({
        filter: { _id: id, state: 'new' },
        update: { $set: { state: 'done', doneAt: new Date() }, $unset: { payload: 1, lanes: 1, ...counted } },
      });
    },

    async postpone(id, failures, nextAttemptAt) {
      await model.updateOne({ _id: id, state: 'new' }, { $set: { failures, nextAttemptAt } });
    },

    async noteOrphaned(id, orphanings) {
      await model.updateOne({ _id: id, state: 'new' }, { $set: { orphanings } });
    },

    referenceOf: (id) => referenceOf(seal, id),

    async bury(id, failures, errorClass) {
      const buried = { state: 'dead', failures, errorClass, buriedAt: new Date() } as const;
      await model.updateOne({ _id: id, state: 'new' }, { $set: buried, $unset: { nextAttemptAt: 1 } });
    },

    countWaiting: async (most) => await model.countDocuments({ state: 'new' }, { limit: most }),

    async count() {
      const [waiting, dead, putOff] = await Promise.all([
        model.countDocuments({ state: 'new' }),
        model.countDocuments({ state: 'dead' }),
        model
          .find({ state: 'new', nextAttemptAt: trusted({ $exists: true }) }, { lanes: 1, nextAttemptAt: 1 })
          .lean<InboxRow[]>(),
      ]);
      const held = [...new Set(putOff.flatMap(({ lanes = [] }) => lanes))];
      const oldest = await model
        .findOne({ state: 'new', lanes: trusted({ $nin: held }) }, { receivedAt: 1 })
        .sort({ updateId: 1 })
        .lean<InboxRow>();
      const since = [oldest?.receivedAt, ...putOff.map(({ nextAttemptAt }) => nextAttemptAt)];
      const oldestWaitingAt = since
        .filter((at) => at !== undefined)
        .toSorted((a, b) => a.getTime() - b.getTime())
        .at(0);
      return { waiting, dead, oldestWaitingAt };
    },
  };
};

// A repeated update meets its own id; anything else in the answer, or a store that could not confirm, is a failure. The
// driver reports a store that was never reached as a bulk of which nothing failed: every update must be accounted for.
const isOnlyRepetition = (error: unknown, count: number): boolean => {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  if (error.result.getWriteConcernError() !== undefined) return false;
  const repeated = [error.writeErrors].flat().filter((one) => one.code === 11000).length;
  return repeated > 0 && repeated + error.insertedCount === count;
};
