import { ObjectId } from 'bson';
import {
  $dateAdd,
  $dateFromParts,
  $dateFromString,
  $dateSubtract,
  $dateTrunc,
  $function,
  $toString,
} from 'mingo/operators/expression';
import { CommandError, notSupported } from '../errors.js';
import { typeName } from '../query/type-tests.js';
import { compareValues } from '../values/compare.js';
import { bsonTypeOf, isObjectId } from '../values/kinds.js';
import { compute, original, type Operator } from './operator.js';
import { fromWallClock, toWallClock } from './time-zone.js';

type Parts = Readonly<Record<string, unknown>>;

/** MongoDB's order over all types, with missing below null; mingo compares by JavaScript's rules. */
const compared =
  (accept: (c: number) => unknown): Operator =>
  (document, operand, options) => {
    const [a, b] = compute(document, operand, options) as unknown[];
    if (a === undefined || b === undefined) return accept(Number(b === undefined) - Number(a === undefined));
    return accept(compareValues(a, b));
  };

const toObjectId: Operator = (document, operand, options) => {
  const value = compute(document, operand, options);
  if (value === null || value === undefined) return null;
  if (isObjectId(value)) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw new CommandError(
    241,
    'ConversionFailure',
    `Failed to parse objectId '${JSON.stringify(value)}' in $convert with no onError value`,
  );
};

const STRINGABLE = new Set(['ObjectId', 'Decimal128', 'Long']);
const toText: Operator = (document, operand, options) => {
  const value = compute(document, operand, options);
  if (STRINGABLE.has(bsonTypeOf(value) ?? '')) return String(value);
  return original($toString)(document, { $literal: value }, options);
};

/** Only ASCII letters change case, as in MongoDB. */
const cased =
  (pattern: RegExp, change: (text: string) => string): Operator =>
  (document, operand, options) => {
    const value = compute(document, operand, options);
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return (typeof one === 'string' ? one : '').replace(pattern, change);
  };

const UNITS_OF_FIXED_LENGTH = new Set(['hour', 'minute', 'second', 'millisecond']);

/** Days and longer are counted on the wall clock of the zone, so that a change of summer time does not shift them. */
const onWallClock =
  (operator: Operator): Operator =>
  (document, operand, options) => {
    const parts = compute(document, operand, options) as Parts;
    const { startDate, timezone, unit, amount } = parts;
    if (startDate === null || startDate === undefined) return null;
    if (
      !(startDate instanceof Date) ||
      typeof timezone !== 'string' ||
      UNITS_OF_FIXED_LENGTH.has(String(unit))
    ) {
      return operator(document, operand, options);
    }
    const moved = operator(
      document,
      { startDate: { $literal: toWallClock(startDate, timezone) }, unit, amount },
      options,
    );
    return fromWallClock(moved as Date, timezone);
  };

const dateTrunc: Operator = (document, operand, options) => {
  const { timezone, unit, date, ...rest } = compute(document, operand, options) as Parts;
  if (!(date instanceof Date) || typeof timezone !== 'string' || UNITS_OF_FIXED_LENGTH.has(String(unit))) {
    return original($dateTrunc)(document, operand, options);
  }
  const wall = { ...rest, unit, date: { $literal: toWallClock(date, timezone) } };
  return fromWallClock(original($dateTrunc)(document, wall, options) as Date, timezone);
};

/** Functions of mingo itself run; code from a client never does. */
const script: Operator = (document, operand, options) => {
  const { body } = operand as { readonly body?: unknown };
  if (typeof body !== 'function') throw notSupported('$function');
  return original($function)(document, operand, options);
};

const dateFromParts: Operator = (document, operand, options) => {
  const parts = compute(document, operand, options) as Readonly<Record<string, number>>;
  if ('isoWeekYear' in parts || parts.year === undefined)
    return original($dateFromParts)(document, operand, options);
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0 } = parts;
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millisecond));
  const zone = (parts as Parts).timezone;
  return typeof zone === 'string' ? fromWallClock(wall, zone) : wall;
};

const HAS_OFFSET = /(?:[zZ]|[+-]\d\d:?\d\d)$/;
const dateFromString: Operator = (document, operand, options) => {
  const { timezone, format, dateString } = compute(document, operand, options) as Parts;
  if (
    typeof timezone !== 'string' ||
    format !== undefined ||
    typeof dateString !== 'string' ||
    HAS_OFFSET.test(dateString)
  ) {
    return original($dateFromString)(document, operand, options);
  }
  return fromWallClock(
    new Date(dateString.includes('T') ? `${dateString}Z` : `${dateString}T00:00:00Z`),
    timezone,
  );
};

export const expressionCorrections: Readonly<Record<string, Operator>> = {
  $eq: compared((c) => c === 0),
  $ne: compared((c) => c !== 0),
  $gt: compared((c) => c > 0),
  $gte: compared((c) => c >= 0),
  $lt: compared((c) => c < 0),
  $lte: compared((c) => c <= 0),
  $cmp: compared((c) => c),
  $type: (document, operand, options) => typeName(compute(document, operand, options)),
  $toObjectId: toObjectId,
  $toString: toText,
  $toUpper: cased(/[a-z]/g, (letter) => letter.toUpperCase()),
  $toLower: cased(/[A-Z]/g, (letter) => letter.toLowerCase()),
  $dateAdd: onWallClock(original($dateAdd)),
  $dateSubtract: onWallClock(original($dateSubtract)),
  $dateTrunc: dateTrunc,
  $function: script,
  $dateFromParts: dateFromParts,
  $dateFromString: dateFromString,
};
