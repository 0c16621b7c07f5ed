import {
  BSONRegExp,
  type Binary,
  type DBRef,
  type Decimal128,
  type Double,
  type Int32,
  type Long,
  type ObjectId,
} from 'bson';

/** A decoded document. Numbers arrive as Int32, Double, Long or Decimal128 so that they keep their type. */
export type Doc = Record<string, unknown>;
export type BsonNumber = number | bigint | Int32 | Double | Long | Decimal128;

export type Kind =
  | 'missing'
  | 'null'
  | 'number'
  | 'string'
  | 'object'
  | 'array'
  | 'binary'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'timestamp'
  | 'regex'
  | 'code'
  | 'minKey'
  | 'maxKey';

/** MongoDB's canonical order of types; missing and null share a rank. */
const RANK: Readonly<Record<Kind, number>> = {
  minKey: 1,
  missing: 10,
  null: 10,
  number: 20,
  string: 30,
  object: 40,
  array: 50,
  binary: 60,
  objectId: 70,
  bool: 80,
  date: 90,
  timestamp: 100,
  regex: 110,
  code: 120,
  maxKey: 127,
};

const BSON_KINDS: Readonly<Record<string, Kind>> = {
  Int32: 'number',
  Double: 'number',
  Long: 'number',
  Decimal128: 'number',
  ObjectId: 'objectId',
  Binary: 'binary',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  BSONSymbol: 'string',
  DBRef: 'object',
  Code: 'code',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

export function bsonTypeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return undefined;
  return typeof value._bsontype === 'string' ? value._bsontype : undefined;
}

export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'number';
    default:
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  const type = bsonTypeOf(value);
  if (type !== undefined) return BSON_KINDS[type] ?? 'object';
  return value instanceof Uint8Array ? 'binary' : 'object';
}

export const rankOf = (value: unknown): number => RANK[kindOf(value)];
export const rankOfKind = (kind: Kind): number => RANK[kind];

export function isDocument(value: unknown): value is Doc {
  return kindOf(value) === 'object';
}
export function isNumber(value: unknown): value is BsonNumber {
  return kindOf(value) === 'number';
}
export function isObjectId(value: unknown): value is ObjectId {
  return bsonTypeOf(value) === 'ObjectId';
}

/** The fields of a document; a DBRef is a document in MongoDB, so it is opened up here. */
export function fieldsOf(value: Doc): Doc {
  if (bsonTypeOf(value) !== 'DBRef') return value;
  const ref = value as unknown as DBRef;
  return {
    $ref: ref.collection,
    $id: ref.oid,
    ...(ref.db === undefined ? {} : { $db: ref.db }),
    ...ref.fields,
  };
}

/** A field that the document itself carries; undefined when it does not. */
export function ownField(value: Doc, name: string): unknown {
  const fields = fieldsOf(value);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Sets a field, also one called __proto__, which plain assignment would take for the prototype. */
export function setField(target: Doc, name: string, value: unknown): void {
  if (name !== '__proto__') {
    target[name] = value;
    return;
  }
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const binary = value as Binary;
  return binary.buffer.subarray(0, binary.position);
}

export function regexParts(value: unknown): { readonly pattern: string; readonly options: string } {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  const regex = value as RegExp;
  return { pattern: regex.source, options: regex.flags };
}

/** Deep copy of arrays and plain documents; leaves are immutable here and shared. */
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneValue);
  if (kindOf(value) !== 'object' || bsonTypeOf(value) !== undefined) return value;
  const copy: Doc = {};
  for (const [name, field] of Object.entries(value as Doc)) setField(copy, name, cloneValue(field));
  return copy;
}
export const cloneDocument = (value: Doc): Doc => cloneValue(value) as Doc;
