import { type RootDatabase } from 'lmdb';

export type Interval = { readonly start: Buffer; readonly end: Buffer };
export type Entry = { readonly key: Buffer; readonly value: Buffer };

/** Reading of ordered bytes; `end` of an interval is exclusive. */
export type KeyReader = {
  readonly get: (key: Buffer) => Buffer | undefined;
  /** Entries in order. Holds no snapshot between two pieces, so a reader that pauses sees what is committed meanwhile. */
  readonly range: (interval: Interval, reverse?: boolean) => Generator<Entry>;
  readonly count: (interval: Interval) => number;
};
export type KeyWriter = KeyReader & {
  readonly put: (key: Buffer, value: Buffer) => void;
  readonly remove: (key: Buffer) => void;
};

export type Root = RootDatabase<Buffer, Buffer>;

const FIRST_PIECE = 16;
const LARGEST_PIECE = 512;

function* pieces(root: Root, { start, end }: Interval, reverse: boolean): Generator<Entry> {
  let last: Buffer | undefined;
  for (let limit = FIRST_PIECE; ; limit = Math.min(limit * 4, LARGEST_PIECE)) {
    const bounds = reverse
      ? { start: last ?? end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse: true }
      : { start: last ?? start, exclusiveStart: last !== undefined, end };
    const piece = [...root.getRange({ ...bounds, limit })];
    for (const entry of piece) yield entry;
    const final = piece.at(-1);
    if (final === undefined || piece.length < limit) return;
    last = final.key;
  }
}

export function keyReader(root: Root): KeyReader {
  return {
    get: (key) => root.get(key),
    range: (interval, reverse = false) => pieces(root, interval, reverse),
    count: ({ start, end }) => root.getKeysCount({ start, end }),
  };
}

/** Only to be used inside a transaction. */
export function keyWriter(root: Root, onWrite: () => void): KeyWriter {
  return {
    ...keyReader(root),
    put: (key, value) => {
      onWrite();
      root.putSync(key, value);
    },
    remove: (key) => {
      onWrite();
      root.removeSync(key);
    },
  };
}
