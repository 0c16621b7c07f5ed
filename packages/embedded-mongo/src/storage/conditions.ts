import { isOperatorDocument } from '../query/paths.js';
import { fieldTests } from '../query/field-tests.js';
import { compileFilter } from '../query/filter.js';
import { literalPrefix } from '../query/regex.js';
import { compareValues, equalValues } from '../values/compare.js';
import { isDocument, isNumber, kindOf, rankOf, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';

/** What a query demands of one path, as far as an index can use it. All of it is necessary, none of it sufficient. */
export type Condition = {
  points: readonly unknown[] | undefined;
  low: Bound | undefined;
  high: Bound | undefined;
  prefix: string | undefined;
  /** The path must hold something other than null. */
  present: boolean;
  operands: unknown[];
};
export type Bound = { readonly value: unknown; readonly inclusive: boolean };
export type Conditions = ReadonlyMap<string, Condition>;

const MOST_POINTS = 1000;

/** The demands of a query that hold for every match: its own fields, those under $and, and inside $elemMatch. */
export function conditionsOf(query: unknown): Conditions {
  const conditions = new Map<string, Condition>();
  collect(query, '', conditions);
  return conditions;
}

function collect(query: unknown, prefix: string, conditions: Map<string, Condition>): void {
  if (!isDocument(query)) return;
  for (const [name, value] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(value))
      for (const branch of value) collect(branch, prefix, conditions);
    if (name.startsWith('$')) continue;
    const path = prefix + name;
    const condition = conditions.get(path) ?? {
      points: undefined,
      low: undefined,
      high: undefined,
      prefix: undefined,
      present: false,
      operands: [],
    };
    conditions.set(path, condition);
    condition.operands.push(value);
    addOperand(condition, value);
    if (isDocument(value) && isDocument(value.$elemMatch) && !isOperatorDocument(value.$elemMatch)) {
      collect(value.$elemMatch, `${path}.`, conditions);
    }
  }
}

function addOperand(condition: Condition, operand: unknown): void {
  if (!isOperatorDocument(operand)) {
    addPoints(condition, [operand]);
    return;
  }
  for (const [name, value] of Object.entries(operand as Doc)) {
    switch (name) {
      case '$eq':
        addPoints(condition, [value]);
        break;
      case '$in':
        if (Array.isArray(value)) addPoints(condition, value);
        break;
      case '$all':
        // Each of them has to be there: the first one leads to all that may match.
        if (Array.isArray(value) && value.length > 0 && !isOperatorDocument(value[0]))
          addPoints(condition, value.slice(0, 1));
        break;
      case '$gt':
      case '$gte':
        if (isBound(value)) condition.low ??= { value, inclusive: name === '$gte' };
        break;
      case '$lt':
      case '$lte':
        if (isBound(value)) condition.high ??= { value, inclusive: name === '$lte' };
        break;
      case '$exists':
        // A field that exists may still hold null, which an index does not tell from missing.
        break;
      case '$regex':
        condition.prefix ??= literalPrefix(
          value,
          typeof (operand as Doc).$options === 'string' ? String((operand as Doc).$options) : undefined,
        );
        break;
      default:
    }
  }
  condition.present ||=
    condition.low !== undefined || condition.high !== undefined || condition.prefix !== undefined;
}

/** Arrays are indexed by element and patterns match many values, so neither is a point. */
const isPoint = (value: unknown): boolean =>
  !['array', 'regex', 'missing', 'minKey', 'maxKey'].includes(kindOf(value));
const isBound = (value: unknown): boolean =>
  isPoint(value) && kindOf(value) !== 'null' && !(isNumber(value) && Number.isNaN(toNumber(value)));

function addPoints(condition: Condition, values: readonly unknown[]): void {
  if (condition.points !== undefined || values.length > MOST_POINTS || !values.every(isPoint)) return;
  condition.points = values;
  condition.present ||= values.every((value) => value !== null);
}

/** True when every document that meets the conditions meets the filter of a partial index. */
export function implies(conditions: Conditions, partialQuery: Doc): boolean {
  return Object.entries(partialQuery).every(([path, wanted]) => {
    const condition = conditions.get(path);
    if (path === '$and' && Array.isArray(wanted))
      return wanted.every((branch) => isDocument(branch) && implies(conditions, branch));
    if (!condition || path.startsWith('$')) return false;
    if (condition.operands.some((operand) => equalValues(operand, wanted))) return true;
    if (condition.points !== undefined) {
      const tests = fieldTests(wanted, (query) => compileFilter(query));
      if (condition.points.every((value) => tests.every((test) => test([{ value }]) !== null))) return true;
    }
    return (
      isOperatorDocument(wanted) &&
      Object.entries(wanted as Doc).every(([name, value]) => impliesOperator(condition, name, value))
    );
  });
}

function impliesOperator(condition: Condition, name: string, value: unknown): boolean {
  if (name === '$exists') return condition.present && value === true;
  const above = name === '$gt' || name === '$gte';
  if (!above && name !== '$lt' && name !== '$lte') return false;
  const bound = above ? condition.low : condition.high;
  if (!bound || rankOf(bound.value) !== rankOf(value)) return false;
  const distance = compareValues(bound.value, value) * (above ? 1 : -1);
  return distance > 0 || (distance === 0 && (name.endsWith('e') || !bound.inclusive));
}
