import { Int32 } from 'bson';
import { CommandError } from '../errors.js';
import { compileFilter, filterFields, type Filter } from '../query/filter.js';
import { isIndex, topField } from '../query/paths.js';
import { keyPart, inverted } from '../values/index-key.js';
import { isDocument, ownField, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';

export type IndexField = {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
  /** Names a place in an array: such a path also reaches fields named by that number, which its keys do not hold. */
  readonly positional: boolean;
};
export type Index = {
  readonly id: number;
  readonly name: string;
  readonly spec: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialQuery: Doc | undefined;
  readonly partial: Filter | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Top-level fields it needs of a document; null when its partial filter may look at any. */
  readonly needs: ReadonlySet<string> | null;
  /** Largest share of a key one field may take. */
  readonly partBytes: number;
  /** Fields that hold an array in some document, a bit each. */
  readonly arrayFields: number;
  /** Some document has several keys here. */
  readonly multikey: boolean;
  /** Some key is cut off, so the order of keys is not everywhere the order of values. */
  readonly inexact: boolean;
};
export type IndexState = Pick<Index, 'id' | 'arrayFields' | 'inexact'>;

export const ID_INDEX: Doc = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };

const LARGEST_KEY = 1900;
const LARGEST_PART = 500;

export function indexOf(spec: Doc, state: IndexState): Index {
  const fields = Object.entries(spec.key as Doc).map<IndexField>(([path, direction]) => ({
    path,
    parts: path.split('.'),
    direction: (toNumber(direction) ?? 1) < 0 ? -1 : 1,
    positional: path.split('.').slice(1).some(isIndex),
  }));
  const partialQuery = isDocument(spec.partialFilterExpression) ? spec.partialFilterExpression : undefined;
  const partialNeeds = partialQuery ? filterFields(partialQuery) : new Set<string>();
  return {
    ...state,
    multikey: state.arrayFields !== 0,
    spec,
    fields,
    name: String(spec.name),
    unique: spec.unique === true || state.id === 0,
    sparse: spec.sparse === true,
    partialQuery,
    partial: partialQuery && compileFilter(partialQuery),
    expireAfterSeconds: toNumber(spec.expireAfterSeconds),
    needs: partialNeeds && new Set([...partialNeeds, ...fields.map(({ path }) => topField(path))]),
    partBytes: Math.min(LARGEST_PART, Math.floor(LARGEST_KEY / fields.length)),
  };
}

export type IndexKeys = {
  readonly keys: readonly Buffer[];
  readonly arrayFields: number;
  readonly inexact: boolean;
};
const NO_KEYS: IndexKeys = { keys: [], arrayFields: 0, inexact: false };

type Cursor = { readonly value: unknown; readonly rest: readonly string[]; readonly opened: boolean };

/** The keys under which a document stands in an index; refuses two arrays side by side in one compound index (171). */
export function indexKeys(index: Index, document: Doc): IndexKeys {
  if (index.partial && !index.partial(document)) return NO_KEYS;
  const tuples: (readonly unknown[])[] = [];
  const start = index.fields.map<Cursor>(({ parts }) => ({ value: document, rest: parts, opened: false }));
  const arrayFields = expand(start, tuples);
  if (index.sparse && tuples.every((tuple) => tuple.every((value) => value === undefined))) return NO_KEYS;
  const keys = new Map<string, Buffer>();
  let inexact = false;
  for (const tuple of tuples) {
    const parts = tuple.map((value, i) => {
      const part = keyPart(value ?? null, index.partBytes);
      inexact ||= part.cut;
      return index.fields[i]?.direction === -1 ? inverted(part.bytes) : part.bytes;
    });
    const key = Buffer.concat(parts);
    keys.set(key.toString('latin1'), key);
  }
  return { keys: [...keys.values()], arrayFields, inexact };
}

/** Walks all fields of an index down together, opening the one array they may share; tells which share it. */
function expand(cursors: readonly Cursor[], tuples: (readonly unknown[])[]): number {
  const advanced = cursors.map(descend);
  const arrays = advanced.filter(({ value, opened }) => Array.isArray(value) && !opened);
  const first = arrays[0];
  if (!first) {
    tuples.push(advanced.map(({ value, rest }) => (rest.length === 0 ? value : undefined)));
    return 0;
  }
  if (arrays.some(({ value }) => value !== first.value)) {
    throw new CommandError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays');
  }
  const list = first.value as readonly unknown[];
  let opened = advanced.reduce((bits, { value }, i) => (value === list ? bits | (1 << i) : bits), 0);
  for (const element of list.length === 0 ? [undefined] : list) {
    opened |= expand(
      advanced.map((cursor) => (cursor.value === list ? enter(cursor, element) : cursor)),
      tuples,
    );
  }
  return opened;
}

/** Goes down through documents, and through arrays where the path names a position. */
function descend(cursor: Cursor): Cursor {
  let { value, rest } = cursor;
  while (rest.length > 0) {
    const [part = '', ...others] = rest;
    if (isDocument(value)) value = ownField(value, part);
    else if (Array.isArray(value) && isIndex(part) && Number(part) < value.length)
      value = (value as unknown[])[Number(part)];
    else break;
    rest = others;
  }
  return { value, rest, opened: cursor.opened && value === cursor.value };
}

/** An element stands for its array; an array inside an array is indexed as a whole. */
function enter(cursor: Cursor, element: unknown): Cursor {
  if (cursor.rest.length === 0) return { value: element, rest: [], opened: true };
  return isDocument(element) ? { ...cursor, value: element } : { value: undefined, rest: [], opened: true };
}
