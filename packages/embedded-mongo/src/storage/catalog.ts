import { type Binary, UUID } from 'bson';
import { decode, encode } from '../values/codec.js';
import { type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { afterPrefix } from '../values/index-key.js';
import { indexOf, ID_INDEX, type Index } from './index-definition.js';
import { type KeyReader, type KeyWriter } from './key-value.js';

export type Collection = {
  readonly id: number;
  readonly namespace: string;
  readonly uuid: Binary;
  readonly options: Doc;
  readonly indexes: readonly Index[];
  /** The number the next record gets; shared by all versions of the collection. */
  readonly nextRecord: { value: number };
};

export type Catalog = {
  readonly get: (namespace: string) => Collection | undefined;
  /** Collections of a database in order of name, or of all. */
  readonly list: (database?: string) => readonly Collection[];
  readonly draft: () => CatalogDraft;
};

/** Changes that become visible with the commit that stores them. */
export type CatalogDraft = Pick<Catalog, 'get' | 'list'> & {
  readonly create: (namespace: string, options?: Doc) => Collection;
  readonly save: (collection: Collection) => void;
  readonly remove: (collection: Collection) => void;
  readonly writingTo: (kv: KeyWriter) => CatalogDraft;
  readonly publish: () => Catalog;
};

type Collections = ReadonlyMap<string, Collection>;

const PREFIX = Buffer.from('m');
const keyOf = (namespace: string): Buffer => Buffer.concat([PREFIX, Buffer.from(namespace)]);

export function openCatalog(kv: KeyReader): Catalog {
  const collections = new Map<string, Collection>();
  for (const { key, value } of kv.range({ start: PREFIX, end: afterPrefix(PREFIX) })) {
    const namespace = key.subarray(1).toString();
    collections.set(namespace, restore(kv, namespace, decode(value)));
  }
  // Numbers of dropped collections are not given again while the server runs: a paused search may still hold one.
  const lastId = { value: Math.max(0, ...[...collections.values()].map(({ id }) => id)) };
  return catalogOf(collections, lastId);
}

type LastId = { value: number };

function catalogOf(collections: Collections, lastId: LastId): Catalog {
  return { ...reading(() => collections), draft: () => draftOf(collections, lastId) };
}

function reading(collections: () => Collections): Pick<Catalog, 'get' | 'list'> {
  return {
    get: (namespace) => collections().get(namespace),
    list: (database) =>
      [...collections().values()]
        .filter(({ namespace }) => database === undefined || namespace.startsWith(`${database}.`))
        .toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1)),
  };
}

function draftOf(before: Collections, lastId: LastId): CatalogDraft {
  let current: Map<string, Collection> | undefined;
  const collections = (): Collections => current ?? before;
  const change = (): Map<string, Collection> => (current ??= new Map(before));
  const over = (kv: KeyWriter | undefined): CatalogDraft => {
    const save = (collection: Collection): void => {
      change().set(collection.namespace, collection);
      kv?.put(keyOf(collection.namespace), encode(stored(collection)));
    };
    return {
      ...reading(collections),
      save,
      create: (namespace, options = {}) => {
        lastId.value += 1;
        const indexes = [indexOf(ID_INDEX, { id: 0, arrayFields: 0, inexact: false })];
        const collection = {
          id: lastId.value,
          namespace,
          uuid: new UUID().toBinary(),
          options,
          indexes,
          nextRecord: { value: 1 },
        };
        save(collection);
        return collection;
      },
      remove: (collection) => {
        change().delete(collection.namespace);
        kv?.remove(keyOf(collection.namespace));
      },
      writingTo: over,
      publish: () => catalogOf(collections(), lastId),
    };
  };
  return over(undefined);
}

function stored({ id, uuid, options, indexes }: Collection): Doc {
  const list = indexes.map((index) => ({
    id: index.id,
    spec: index.spec,
    arrayFields: index.arrayFields,
    inexact: index.inexact,
  }));
  return { id, uuid, options, indexes: list };
}

/** An earlier version noted only that there were arrays. */
const everyField = -1;

function restore(kv: KeyReader, namespace: string, saved: Doc): Collection {
  const id = toNumber(saved.id) ?? 0;
  const indexes = (saved.indexes as Doc[]).map((one) =>
    indexOf(one.spec as Doc, {
      id: toNumber(one.id) ?? 0,
      arrayFields: toNumber(one.arrayFields) ?? (one.multikey === true ? everyField : 0),
      inexact: one.inexact === true,
    }),
  );
  const nextRecord = { value: lastRecord(kv, id) + 1 };
  return { id, namespace, uuid: saved.uuid as Binary, options: saved.options as Doc, indexes, nextRecord };
}

// ---- keys of records and index entries: 'd' collection record, 'i' collection index key [record]
export const RECORD_BYTES = 6;

function tagged(tag: string, ...numbers: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(1 + 4 * numbers.length);
  out.write(tag, 0, 'latin1');
  for (const [i, number] of numbers.entries()) out.writeUInt32BE(number, 1 + 4 * i);
  return out;
}
export const recordsPrefix = (collection: number): Buffer => tagged('d', collection);
export const indexesPrefix = (collection: number): Buffer => tagged('i', collection);
export const indexPrefix = (collection: number, index: number): Buffer => tagged('i', collection, index);

export function recordBytes(record: number): Buffer {
  const out = Buffer.allocUnsafe(RECORD_BYTES);
  out.writeUIntBE(record, 0, RECORD_BYTES);
  return out;
}
export function recordKey(collection: number, record: number): Buffer {
  const out = Buffer.allocUnsafe(5 + RECORD_BYTES);
  out.write('d', 0, 'latin1');
  out.writeUInt32BE(collection, 1);
  out.writeUIntBE(record, 5, RECORD_BYTES);
  return out;
}
export const everything = (prefix: Buffer): { readonly start: Buffer; readonly end: Buffer } => ({
  start: prefix,
  end: afterPrefix(prefix),
});

function lastRecord(kv: KeyReader, collection: number): number {
  for (const { key } of kv.range(everything(recordsPrefix(collection)), true))
    return key.readUIntBE(5, RECORD_BYTES);
  return 0;
}
