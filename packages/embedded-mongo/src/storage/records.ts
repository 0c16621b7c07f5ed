import { ObjectId } from 'bson';
import { CommandError } from '../errors.js';
import { reach } from '../query/paths.js';
import { encode } from '../values/codec.js';
import { kindOf, isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { bodyOf, documentOf, elements, MAX_DOCUMENT_BYTES, pickFields, tooLarge } from '../values/raw.js';
import {
  everything,
  indexesPrefix,
  indexPrefix,
  recordBytes,
  recordKey,
  recordsPrefix,
  RECORD_BYTES,
  type Collection,
} from './catalog.js';
import { type WriteScope } from './environment.js';
import { indexKeys, type Index } from './index-definition.js';
import { type KeyReader } from './key-value.js';

/** The fields all indexes of a collection need; null when one may need any. */
export function neededFields(indexes: readonly Index[]): ReadonlySet<string> | null {
  const all = new Set<string>();
  for (const { needs } of indexes) {
    if (needs === null) return null;
    for (const field of needs) all.add(field);
  }
  return all;
}

const ID = new Set(['_id']);

/** Puts _id first, making one where it is missing; refuses types an _id cannot have. */
export function withIdFirst(bytes: Buffer): Buffer {
  let position = 0;
  for (const { name, start, end, type } of elements(bytes)) {
    if (name === '_id') {
      checkId(type, bytes);
      if (position === 0) return bytes;
      const rest = Buffer.concat([bytes.subarray(4, start), bytes.subarray(end, bytes.length - 1)]);
      return documentOf([bytes.subarray(start, end), rest]);
    }
    position += 1;
  }
  return documentOf([bodyOf(encode({ _id: new ObjectId() })), bodyOf(bytes)]);
}

function checkId(type: number, bytes: Buffer): void {
  const names: Readonly<Record<number, string>> = { 0x04: 'array', 0x0b: 'regex' };
  const wrong = names[type];
  if (wrong !== undefined)
    throw new CommandError(53, 'InvalidIdField', `The '_id' value cannot be of type ${wrong}`);
  if (type !== 0x03) return;
  const id = pickFields(bytes, ID)._id;
  const name = isDocument(id) ? Object.keys(id)[0] : undefined;
  if (name?.startsWith('$') === true && name !== '$ref') {
    throw new CommandError(
      52,
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
    );
  }
}

export type Change = {
  readonly collection: Collection;
  readonly record: number;
  readonly before?: Doc | undefined;
  readonly after?: { readonly document: Doc; readonly bytes: Buffer } | undefined;
};

/** Inserts, updates or removes one record with its index entries; every unique index is checked before the first write. */
export function applyChange(
  { kv, catalog }: WriteScope,
  { collection, record, before, after }: Change,
): Collection {
  if (after && after.bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(after.bytes.length);
  const puts: Buffer[] = [];
  const removals: Buffer[] = [];
  const value = recordBytes(record);
  const indexes = collection.indexes.map((index) => {
    const old = before ? indexKeys(index, before).keys : [];
    const now = after ? indexKeys(index, after.document) : undefined;
    const prefix = indexPrefix(collection.id, index.id);
    const keep = (a: readonly Buffer[], b: readonly Buffer[]): Buffer[] =>
      a.filter((key) => !b.some((other) => other.equals(key)));
    for (const key of keep(old, now?.keys ?? [])) removals.push(entryKey(index, prefix, key, value));
    for (const key of keep(now?.keys ?? [], old)) {
      const entry = entryKey(index, prefix, key, value);
      if (index.unique && after)
        refuseDuplicate({ kv, collection, index, entry, record, document: after.document });
      puts.push(entry);
    }
    const arrayFields = index.arrayFields | (now?.arrayFields ?? 0);
    const inexact = index.inexact || now?.inexact === true;
    return arrayFields === index.arrayFields && inexact === index.inexact
      ? index
      : { ...index, arrayFields, multikey: arrayFields !== 0, inexact };
  });
  for (const key of removals) kv.remove(key);
  for (const key of puts) kv.put(key, value);
  if (after) kv.put(recordKey(collection.id, record), after.bytes);
  else kv.remove(recordKey(collection.id, record));
  if (indexes.every((index, i) => index === collection.indexes[i])) return collection;
  const changed = { ...collection, indexes };
  catalog.save(changed);
  return changed;
}

/** In a unique index the key alone is the entry; elsewhere the record number makes it one. */
function entryKey(index: Index, prefix: Buffer, key: Buffer, record: Buffer): Buffer {
  return Buffer.concat(index.unique ? [prefix, key] : [prefix, key, record]);
}

type Candidate = {
  readonly kv: KeyReader;
  readonly collection: Collection;
  readonly index: Index;
  readonly entry: Buffer;
  readonly record: number;
  readonly document: Doc;
};

function refuseDuplicate({ kv, collection, index, entry, record, document }: Candidate): void {
  const holder = kv.get(entry);
  if (holder === undefined || holder.readUIntBE(0, RECORD_BYTES) === record) return;
  throw duplicateKey(collection.namespace, index, document);
}

export function duplicateKey(namespace: string, index: Index, document: Doc): CommandError {
  const keyValue = Object.fromEntries(
    index.fields.map(({ path, parts }) => [path, reach(document, parts)[0]?.value ?? null]),
  );
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${show(value)}`);
  return new CommandError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.spec.key, keyValue },
  );
}

function show(value: unknown): string {
  switch (kindOf(value)) {
    case 'string':
      return `"${String(value)}"`;
    case 'objectId':
      return `ObjectId('${String(value)}')`;
    case 'number':
      return String(toNumber(value));
    case 'date':
      return `new Date(${(value as Date).getTime()})`;
    default:
      return JSON.stringify(value) ?? 'null';
  }
}

/** Stores a checked document under a new record number. */
export function insertDocument(
  scope: WriteScope,
  collection: Collection,
  bytes: Buffer,
): { readonly id: unknown; readonly bytes: Buffer } {
  const stored = withIdFirst(bytes);
  const document = pickFields(stored, neededFields(collection.indexes));
  const record = collection.nextRecord.value;
  applyChange(scope, { collection, record, after: { document, bytes: stored } });
  collection.nextRecord.value += 1;
  return { id: document._id, bytes: stored };
}

/** Fills a new index; refuses duplicates when it is unique. */
export function buildIndex({ kv }: WriteScope, collection: Collection, index: Index): Index {
  let { arrayFields, inexact } = index;
  const prefix = indexPrefix(collection.id, index.id);
  for (const { key, value } of kv.range(everything(recordsPrefix(collection.id)))) {
    const record = key.readUIntBE(5, RECORD_BYTES);
    const document = pickFields(value, index.needs);
    const entries = indexKeys(index, document);
    arrayFields |= entries.arrayFields;
    inexact ||= entries.inexact;
    for (const entryPart of entries.keys) {
      const entry = entryKey(index, prefix, entryPart, recordBytes(record));
      if (index.unique) refuseDuplicate({ kv, collection, index, entry, record, document });
      kv.put(entry, recordBytes(record));
    }
  }
  return { ...index, arrayFields, multikey: arrayFields !== 0, inexact };
}

function removeAll({ kv }: WriteScope, prefix: Buffer): void {
  for (const { key } of kv.range(everything(prefix))) kv.remove(key);
}
export const clearIndex = (scope: WriteScope, collection: Collection, index: Index): void =>
  removeAll(scope, indexPrefix(collection.id, index.id));

/** Removes a collection with its records and indexes. */
export function dropCollection(scope: WriteScope, collection: Collection): void {
  removeAll(scope, recordsPrefix(collection.id));
  removeAll(scope, indexesPrefix(collection.id));
  scope.catalog.remove(collection);
}
