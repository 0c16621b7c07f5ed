import { Decimal128 } from 'bson';
import { $avg, $push, $sum } from 'mingo/operators/accumulator';
import { notSupported } from '../errors.js';
import { toTyped } from '../values/codec.js';
import { isNumber, type BsonNumber } from '../values/kinds.js';
import { calculate, isDecimal, toNumber } from '../values/numbers.js';
import { original, type Operator } from './operator.js';

/** mingo adds decimals and longs as strings or loses them; with one among the values the sum is computed here. */
function exactValues(
  group: unknown,
  operand: unknown,
  options: Parameters<Operator>[2],
): BsonNumber[] | undefined {
  if (!Array.isArray(group)) return undefined;
  const collected =
    operand === null ? (group as unknown[]) : (original($push)(group, operand, options) as unknown[]);
  const numbers = collected.filter(isNumber);
  return numbers.some((value) => typeof value === 'object') ? numbers : undefined;
}

const sum = (values: readonly BsonNumber[]): BsonNumber =>
  values.map((value) => toTyped(value) as BsonNumber).reduce((a, b) => calculate(a, b, 'add'));

const exactSum: Operator = (group, operand, options) => {
  const values = exactValues(group, operand, options);
  return values ? sum(values) : original($sum)(group, operand, options);
};

const exactAverage: Operator = (group, operand, options) => {
  const values = exactValues(group, operand, options);
  if (!values) return original($avg)(group, operand, options);
  const total = sum(values);
  const average = (toNumber(total) ?? Number.NaN) / values.length;
  return isDecimal(total) ? Decimal128.fromString(String(average)) : average;
};

const refusedScript: Operator = () => {
  throw notSupported('$accumulator');
};

export const accumulatorCorrections: Readonly<Record<string, Operator>> = {
  $accumulator: refusedScript,
  $sum: exactSum,
  $avg: exactAverage,
};
