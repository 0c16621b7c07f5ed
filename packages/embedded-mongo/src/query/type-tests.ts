import { badValue } from '../errors.js';
import { bsonTypeOf, kindOf, type Kind } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';

const ALIASES: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const NAMES = new Map(Object.entries(ALIASES).map(([name, number]) => [number, name]));
const NUMBER_TYPES: Readonly<Record<string, number>> = { Int32: 16, Double: 1, Long: 18, Decimal128: 19 };
const KIND_TYPES: Readonly<Partial<Record<Kind, number>>> = {
  missing: 6,
  null: 10,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  regex: 11,
  code: 13,
  timestamp: 17,
  minKey: -1,
  maxKey: 127,
};

/** The BSON type number of a value. */
export function typeNumber(value: unknown): number {
  if (typeof value === 'number') return Number.isInteger(value) ? 16 : 1;
  const type = bsonTypeOf(value);
  if (type === 'BSONSymbol') return 14;
  if (type !== undefined && type in NUMBER_TYPES) return NUMBER_TYPES[type] ?? 1;
  return KIND_TYPES[kindOf(value)] ?? 3;
}

/** The name MongoDB uses for a value's type in messages and in $type. */
export const typeName = (value: unknown): string =>
  value === undefined ? 'missing' : (NAMES.get(typeNumber(value)) ?? 'object');

/** The type numbers a $type operand asks for; refuses unknown names and numbers. */
export function typeNumbers(operand: unknown): readonly number[] {
  const list = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  if (list.length === 0) throw badValue('$type must match at least one type');
  return list.flatMap((wanted) => {
    if (wanted === 'number') return [1, 16, 18, 19];
    const number = typeof wanted === 'string' ? ALIASES[wanted] : toNumber(wanted);
    if (number === undefined || !NAMES.has(number)) {
      throw badValue(
        typeof wanted === 'string'
          ? `Unknown type name alias: ${wanted}`
          : `Invalid numerical type code: ${String(wanted)}`,
      );
    }
    return [number];
  });
}
