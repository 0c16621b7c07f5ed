import { badValue, failedToParse } from '../errors.js';
import { compareValues, equalValues } from '../values/compare.js';
import { isDocument, isNumber, kindOf, rankOf, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { bitTest } from './bit-tests.js';
import { type Filter, type Hit } from './filter.js';
import { isOperatorDocument, type Reached } from './paths.js';
import { toRegExp } from './regex.js';
import { typeNumber, typeNumbers } from './type-tests.js';

/** Decides over everything a path reaches. */
export type FieldTest = (reached: readonly Reached[]) => Hit | null;
type Compile = (query: unknown) => Filter;

const HIT: Hit = {};
const at = (position: number | undefined): Hit => (position === undefined ? HIT : { position });

/** False, null, missing and zero are false in MongoDB. */
export function isTrue(value: unknown): boolean {
  if (value === false || value === null || value === undefined) return false;
  return !isNumber(value) || toNumber(value) !== 0;
}

/** Lifts a test of one value over the values reached and, as MongoDB does, over the elements of arrays among them. */
export function anyValue(test: (value: unknown, reached: Reached) => boolean): FieldTest {
  return (reached) => {
    for (const one of reached) {
      if (test(one.value, one)) return at(one.position);
      if (!Array.isArray(one.value)) continue;
      const index = one.value.findIndex((element) => test(element, one));
      if (index >= 0) return at(one.position ?? index);
    }
    return null;
  };
}
const negate =
  (test: FieldTest): FieldTest =>
  (reached) =>
    test(reached) ? null : HIT;

/** The tests of { field: operand }: equality, a pattern, or a document of operators. */
export function fieldTests(operand: unknown, compile: Compile): readonly FieldTest[] {
  if (!isOperatorDocument(operand)) return [equals(operand)];
  const operators = operand as Doc;
  return Object.entries(operators)
    .filter(([name]) => name !== '$comment' && !(name === '$options' && '$regex' in operators))
    .map(([name, value]) => operatorTest({ name, value, operators, compile }));
}

type Operator = {
  readonly name: string;
  readonly value: unknown;
  readonly operators: Doc;
  readonly compile: Compile;
};

function operatorTest({ name, value, operators, compile }: Operator): FieldTest {
  switch (name) {
    case '$eq':
      return equals(value);
    case '$ne':
      if (kindOf(value) === 'regex') throw badValue("Can't have regex as arg to $ne.");
      return negate(equals(value));
    case '$gt':
      return compares(value, (c) => c > 0, false);
    case '$gte':
      return compares(value, (c) => c >= 0, true);
    case '$lt':
      return compares(value, (c) => c < 0, false);
    case '$lte':
      return compares(value, (c) => c <= 0, true);
    case '$in':
      return oneOf(name, value);
    case '$nin':
      return negate(oneOf(name, value));
    case '$exists':
      return exists(isTrue(value));
    case '$type': {
      const wanted = typeNumbers(value);
      return anyValue((v) => v !== undefined && wanted.includes(typeNumber(v)));
    }
    case '$regex': {
      if (typeof value !== 'string' && kindOf(value) !== 'regex') throw badValue('$regex has to be a string');
      const options = operators.$options;
      const regex = toRegExp(value, typeof options === 'string' ? options : undefined);
      return anyValue((v) => typeof v === 'string' && regex.test(v));
    }
    case '$options':
      throw badValue('$options needs a $regex');
    case '$mod':
      return modulo(value);
    case '$size':
      return size(value);
    case '$all':
      return allOf(value, compile);
    case '$elemMatch':
      return elementMatch(value, compile);
    case '$not':
      return not(value, compile);
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return anyValue(bitTest(name, value));
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

function equals(operand: unknown): FieldTest {
  const kind = kindOf(operand);
  if (kind === 'regex') {
    const regex = toRegExp(operand);
    return anyValue((v) =>
      typeof v === 'string' ? regex.test(v) : kindOf(v) === 'regex' && equalValues(v, operand),
    );
  }
  if (kind === 'null' || kind === 'missing') return isNull;
  return anyValue((v) => v !== undefined && equalValues(v, operand));
}
const isNull: FieldTest = anyValue(
  (v, reached) => (v === undefined || v === null) && reached.blocked !== true,
);

/** Comparison within one type only (type bracketing); NaN equals itself and is neither above nor below anything. */
function compares(operand: unknown, accept: (c: number) => boolean, orEqual: boolean): FieldTest {
  const kind = kindOf(operand);
  if (kind === 'null' || kind === 'missing') return orEqual ? isNull : () => null;
  if (kind === 'regex') throw badValue("Can't have RegEx as arg to predicate over field.");
  if (kind === 'minKey' || kind === 'maxKey') {
    return anyValue((v) => v !== undefined && accept(compareValues(v, operand)));
  }
  const rank = rankOf(operand);
  const nan = (v: unknown): boolean => isNumber(v) && Number.isNaN(toNumber(v));
  const operandNan = nan(operand);
  return anyValue(
    (v) =>
      v !== undefined && rankOf(v) === rank && nan(v) === operandNan && accept(compareValues(v, operand)),
  );
}

function oneOf(name: string, operand: unknown): FieldTest {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  if (operand.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${name}`);
  const strings = new Set<unknown>(operand.filter((v) => typeof v === 'string'));
  if (strings.size === operand.length) return anyValue((v) => strings.has(v));
  return anyOf(operand.map(equals));
}

function anyOf(tests: readonly FieldTest[]): FieldTest {
  return (reached) => {
    for (const test of tests) {
      const hit = test(reached);
      if (hit) return hit;
    }
    return null;
  };
}
function everyOf(tests: readonly FieldTest[]): FieldTest {
  return (reached) => {
    let hit = HIT;
    for (const test of tests) {
      const next = test(reached);
      if (!next) return null;
      if (next.position !== undefined) hit = next;
    }
    return hit;
  };
}

function exists(wanted: boolean): FieldTest {
  return (reached) => {
    const present = reached.find((one) => one.value !== undefined);
    return (present !== undefined) === wanted ? at(present?.position) : null;
  };
}

function modulo(operand: unknown): FieldTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length !== 2)
    throw badValue(`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`);
  const [divisor, rest] = operand.map((v) => toNumber(v));
  if (divisor === undefined || !Number.isFinite(divisor))
    throw badValue('malformed mod, divisor not a number');
  if (rest === undefined || !Number.isFinite(rest)) throw badValue('malformed mod, remainder not a number');
  if (Math.trunc(divisor) === 0) throw badValue('divisor cannot be 0');
  return anyValue(
    (v) => isNumber(v) && Math.trunc(toNumber(v) ?? Number.NaN) % Math.trunc(divisor) === Math.trunc(rest),
  );
}

function size(operand: unknown): FieldTest {
  const wanted = isNumber(operand) ? toNumber(operand) : undefined;
  if (wanted === undefined || !Number.isInteger(wanted)) {
    throw failedToParse('Failed to parse $size. Expected an integer');
  }
  if (wanted < 0) throw failedToParse('Failed to parse $size. Expected a non-negative number');
  return (reached) => {
    const one = reached.find(({ value }) => Array.isArray(value) && value.length === wanted);
    return one ? at(one.position) : null;
  };
}

function allOf(operand: unknown, compile: Compile): FieldTest {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return () => null;
  return everyOf(
    operand.map((wanted: unknown) => {
      if (isDocument(wanted) && '$elemMatch' in wanted) return elementMatch(wanted.$elemMatch, compile);
      if (isOperatorDocument(wanted)) throw badValue('no $ expressions in $all');
      return equals(wanted);
    }),
  );
}

const FILTER_OPERATORS = new Set(['$and', '$or', '$nor', '$expr', '$where']);

function elementMatch(operand: unknown, compile: Compile): FieldTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const test = elementTest(operand, compile);
  return (reached) => {
    for (const { value, position } of reached) {
      const index = Array.isArray(value) ? value.findIndex(test) : -1;
      if (index >= 0) return at(position ?? index);
    }
    return null;
  };
}

/** A test of one array element: by operators on the element itself, or by a query on its fields. */
export function elementTest(operand: Doc, compile: Compile): (element: unknown) => boolean {
  const first = Object.keys(operand)[0] ?? '';
  if (isOperatorDocument(operand) && !FILTER_OPERATORS.has(first)) {
    const test = everyOf(fieldTests(operand, compile));
    return (element) => test([{ value: element }]) !== null;
  }
  const filter = compile(operand);
  return (element) => (isDocument(element) || Array.isArray(element)) && filter(element) !== null;
}

function not(operand: unknown, compile: Compile): FieldTest {
  if (kindOf(operand) === 'regex') return negate(equals(operand));
  if (!isOperatorDocument(operand)) throw badValue('$not needs a regex or a document');
  return negate(everyOf(fieldTests(operand, compile)));
}
