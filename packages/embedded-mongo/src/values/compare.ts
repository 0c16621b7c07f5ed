import { type ObjectId, type Timestamp } from 'bson';
import { bytesOf, fieldsOf, kindOf, rankOf, rankOfKind, regexParts, type Doc } from './kinds.js';
import { compareNumbers } from './numbers.js';

const order = (a: number | bigint | string, b: number | bigint | string): number =>
  a < b ? -1 : a > b ? 1 : 0;
const SURROGATE = /[\ud800-\udfff]/;

/** UTF-8 byte order; it differs from JavaScript's only where a surrogate pair is involved. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return SURROGATE.test(a) || SURROGATE.test(b)
    ? Buffer.compare(Buffer.from(a), Buffer.from(b))
    : order(a, b);
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const c = compareValues(a[i], b[i]);
    if (c !== 0) return c;
  }
  return order(a.length, b.length);
}

/** Field by field in stored order: type, then name, then value, as MongoDB does. */
function compareDocuments(a: Doc, b: Doc): number {
  const left = Object.entries(fieldsOf(a));
  const right = Object.entries(fieldsOf(b));
  for (const [i, [name, value]] of left.entries()) {
    const other = right[i];
    if (!other) return 1;
    const c =
      order(rankOf(value), rankOf(other[1])) ||
      compareStrings(name, other[0]) ||
      compareValues(value, other[1]);
    if (c !== 0) return c;
  }
  return order(left.length, right.length);
}

function compareBinary(a: unknown, b: unknown): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  const subtype = (v: unknown): number =>
    v instanceof Uint8Array ? 0 : (v as { sub_type: number }).sub_type;
  return order(x.length, y.length) || order(subtype(a), subtype(b)) || Buffer.compare(x, y);
}

/** MongoDB's total order over all values. */
export function compareValues(a: unknown, b: unknown): number {
  const kind = kindOf(a);
  const other = kindOf(b);
  const rank = rankOfKind(kind);
  if (rank !== rankOfKind(other)) return order(rank, rankOfKind(other));
  switch (kind) {
    case 'number':
      return compareNumbers(a, b);
    case 'string':
      return compareStrings(String(a), String(b));
    case 'bool':
      return order(Number(a), Number(b));
    case 'date':
      return order((a as Date).getTime(), (b as Date).getTime());
    case 'objectId':
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 'timestamp':
      return order((a as Timestamp).toBigInt(), (b as Timestamp).toBigInt());
    case 'binary':
      return compareBinary(a, b);
    case 'regex': {
      const x = regexParts(a);
      const y = regexParts(b);
      return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
    }
    case 'array':
      return compareArrays(a as unknown[], b as unknown[]);
    case 'object':
      return compareDocuments(a as Doc, b as Doc);
    case 'code':
      return compareStrings(JSON.stringify(a), JSON.stringify(b));
    default:
      return 0;
  }
}

export const equalValues = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
