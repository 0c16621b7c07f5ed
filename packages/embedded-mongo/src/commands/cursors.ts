import { setImmediate } from 'node:timers/promises';
import { Long } from 'bson';
import { CommandError } from '../errors.js';
import { encodeReply } from '../values/codec.js';
import { arrayOf, bodyOf, documentOf, MAX_DOCUMENT_BYTES, rawElement } from '../values/raw.js';

/** Encoded results as they are found; null where a long search lets others go first. */
export type Results = Iterator<Buffer | null, void>;

export type Cursor = {
  readonly id: bigint;
  readonly namespace: string;
  readonly results: Results;
  /** The result after the last batch, already taken to know whether there is one. */
  next: Buffer | undefined;
  done: boolean;
  lastUsedAt: number;
  busy: boolean;
};

export type Cursors = {
  readonly open: (namespace: string, results: Results) => Cursor;
  readonly get: (id: bigint, namespace: string) => Cursor;
  readonly keep: (cursor: Cursor) => void;
  readonly kill: (id: bigint) => boolean;
  readonly count: () => number;
  /** Forgets cursors nobody asked for in `idleMs`. */
  readonly expire: (now: number) => void;
};

const MOST_CURSORS = 2000;

/** Open cursors, each forgotten after `idleMs` without a getMore, the oldest first when there are too many. */
export function createCursors(idleMs: number): Cursors {
  const cursors = new Map<bigint, Cursor>();
  let lastId = 0n;
  const kill = (id: bigint): boolean => {
    const cursor = cursors.get(id);
    if (!cursor) return false;
    cursors.delete(id);
    if (!cursor.busy) cursor.results.return?.();
    return true;
  };
  return {
    open: (namespace, results) => {
      lastId += 1n;
      return {
        id: lastId,
        namespace,
        results,
        next: undefined,
        done: false,
        lastUsedAt: Date.now(),
        busy: false,
      };
    },
    get: (id, namespace) => {
      const cursor = cursors.get(id);
      if (!cursor) throw new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw new CommandError(
          13,
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      if (cursor.busy) throw new CommandError(12051, 'CursorInUse', `cursor id ${id} is already in use`);
      return cursor;
    },
    keep: (cursor) => {
      cursors.delete(cursor.id);
      cursors.set(cursor.id, cursor);
      cursor.lastUsedAt = Date.now();
      const oldest = cursors.keys().next();
      if (cursors.size > MOST_CURSORS && oldest.done !== true) kill(oldest.value);
    },
    kill,
    count: () => cursors.size,
    expire: (now) => {
      for (const cursor of cursors.values())
        if (!cursor.busy && now - cursor.lastUsedAt > idleMs) kill(cursor.id);
    },
  };
}

/** Time a read may take before it lets other commands run, and until it must end. */
export type Pace = { readonly deadline: number | undefined };
const TURN_MS = 8;

export const paceOf = (maxTimeMs: number): Pace => ({
  deadline: maxTimeMs > 0 ? performance.now() + maxTimeMs : undefined,
});

/** Takes results one by one, giving way to others every few milliseconds; refuses past the deadline (50). */
export async function* paced(results: Results, { deadline }: Pace): AsyncGenerator<Buffer, void> {
  let turnEnds = performance.now() + TURN_MS;
  for (let step = results.next(); step.done !== true; step = results.next()) {
    if (step.value !== null) yield step.value;
    const now = performance.now();
    if (deadline !== undefined && now > deadline)
      throw new CommandError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
    if (now < turnEnds) continue;
    await setImmediate();
    turnEnds = performance.now() + TURN_MS;
  }
}

/** The next batch as a reply: at most `size` results (0: no limit, -1: none) and 16 MB; the cursor stays open when more follow. */
export async function batchReply({
  cursors,
  cursor,
  size,
  pace,
  first,
  single = false,
}: Batch): Promise<Buffer> {
  const batch: Buffer[] = [];
  cursor.busy = true;
  try {
    await fill(cursor, batch, size, pace);
  } catch (error) {
    cursors.kill(cursor.id);
    throw error;
  } finally {
    cursor.busy = false;
  }
  const open = !cursor.done && !single;
  if (open) cursors.keep(cursor);
  else if (!cursors.kill(cursor.id) && !cursor.done) cursor.results.return?.();
  const head = encodeReply({ id: Long.fromBigInt(open ? cursor.id : 0n), ns: cursor.namespace });
  const list = rawElement(4, first ? 'firstBatch' : 'nextBatch', arrayOf(batch));
  return documentOf([
    rawElement(3, 'cursor', documentOf([list, bodyOf(head)])),
    bodyOf(encodeReply({ ok: 1 })),
  ]);
}

type Batch = {
  readonly cursors: Cursors;
  readonly cursor: Cursor;
  readonly size: number;
  readonly pace: Pace;
  readonly first: boolean;
  readonly single?: boolean;
};

async function fill(cursor: Cursor, batch: Buffer[], size: number, pace: Pace): Promise<void> {
  let bytes = 0;
  const take = (result: Buffer): boolean => {
    const full =
      (size !== 0 && batch.length >= Math.max(size, 0)) ||
      (batch.length > 0 && bytes + result.length > MAX_DOCUMENT_BYTES);
    if (full) {
      cursor.next = result;
      return false;
    }
    batch.push(result);
    bytes += result.length + 16;
    return true;
  };
  const waiting = cursor.next;
  cursor.next = undefined;
  if (waiting && !take(waiting)) return;
  for await (const result of paced({ next: () => cursor.results.next() }, pace)) if (!take(result)) return;
  cursor.done = true;
}
