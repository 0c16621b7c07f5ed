import { Decimal128, Double, Int32, Long } from 'bson';
import { badValue } from '../errors.js';
import { bsonTypeOf, type BsonNumber } from './kinds.js';

/** value = coefficient · 10^exponent, exactly. */
type Exact = { readonly coefficient: bigint; readonly exponent: number };

/** The nearest JavaScript number; undefined for what is not a number. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  switch (bsonTypeOf(value)) {
    case 'Int32':
    case 'Double':
      return (value as Int32 | Double).value;
    case 'Long':
      return (value as Long).toNumber();
    case 'Decimal128':
      return Number((value as Decimal128).toString());
    default:
      return undefined;
  }
}

export function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return bsonTypeOf(value) === 'Long' ? (value as Long).toBigInt() : undefined;
}
export const isDecimal = (value: unknown): value is Decimal128 => bsonTypeOf(value) === 'Decimal128';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/;

/** The exact value of a finite number; undefined for infinities and NaN. */
export function exactOf(value: unknown): Exact | undefined {
  const integer = toBigInt(value);
  if (integer !== undefined) return { coefficient: integer, exponent: 0 };
  if (isDecimal(value)) {
    const match = DECIMAL.exec(value.toString());
    if (!match) return undefined;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    return { coefficient: BigInt(sign + whole + fraction), exponent: Number(exponent) - fraction.length };
  }
  const number = toNumber(value);
  return number === undefined || !Number.isFinite(number) ? undefined : exactDouble(number);
}

function exactDouble(number: number): Exact {
  if (Number.isInteger(number)) return { coefficient: BigInt(number), exponent: 0 };
  let mantissa = number;
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings += 1;
  }
  // m / 2^n = m · 5^n / 10^n
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}

/** Brings two exact numbers to one exponent. */
export function align(
  a: Exact,
  b: Exact,
): { readonly a: bigint; readonly b: bigint; readonly exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = (x: Exact): bigint => x.coefficient * 10n ** BigInt(x.exponent - exponent);
  return { a: scale(a), b: scale(b), exponent };
}

const order = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** MongoDB's order of numbers across their types; NaN is below all. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toBigInt(a) ?? toNumber(a) ?? Number.NaN;
  const y = toBigInt(b) ?? toNumber(b) ?? Number.NaN;
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1;
  if (Number.isNaN(y)) return 1;
  if (!isDecimal(a) && !isDecimal(b)) return order(x, y);
  const left = exactOf(a);
  const right = exactOf(b);
  // An infinity is beyond every decimal, also beyond those that a double rounds to infinity.
  if (!left || !right) return left ? order(0, y) : right ? order(x, 0) : order(x, y);
  const aligned = align(left, right);
  return order(aligned.a, aligned.b);
}

const INT32_MAX = 2147483647n;
const INT64_MAX = 9223372036854775807n;

export type Arithmetic = 'add' | 'multiply';

/** Adds or multiplies and keeps MongoDB's result type: decimal > double > long > int. Refuses a 64-bit overflow. */
export function calculate(a: BsonNumber, b: BsonNumber, how: Arithmetic): BsonNumber {
  if (isDecimal(a) || isDecimal(b)) return calculateDecimal(a, b, how);
  const x = integerOf(a);
  const y = integerOf(b);
  if (x === undefined || y === undefined) {
    const left = toNumber(a) ?? Number.NaN;
    const right = toNumber(b) ?? Number.NaN;
    return new Double(how === 'add' ? left + right : left * right);
  }
  const result = how === 'add' ? x + y : x * y;
  const long = bsonTypeOf(a) === 'Long' || bsonTypeOf(b) === 'Long';
  if (!long && result <= INT32_MAX && result >= -INT32_MAX - 1n) return new Int32(Number(result));
  if (result > INT64_MAX || result < -INT64_MAX - 1n) {
    throw badValue(
      `Failed to apply $${how === 'add' ? 'inc' : 'mul'} operations to current value: the result overflows 64 bits`,
    );
  }
  return Long.fromBigInt(result);
}

function integerOf(value: BsonNumber): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (bsonTypeOf(value) === 'Int32') return BigInt((value as Int32).value);
  return toBigInt(value);
}

function calculateDecimal(a: BsonNumber, b: BsonNumber, how: Arithmetic): Decimal128 {
  const x = exactOf(a);
  const y = exactOf(b);
  if (!x || !y) {
    const left = toNumber(a) ?? Number.NaN;
    const right = toNumber(b) ?? Number.NaN;
    return Decimal128.fromString(String(how === 'add' ? left + right : left * right));
  }
  const aligned = align(x, y);
  const result: Exact =
    how === 'add'
      ? { coefficient: aligned.a + aligned.b, exponent: aligned.exponent }
      : { coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent };
  return Decimal128.fromStringWithRounding(`${result.coefficient}E${result.exponent}`);
}
