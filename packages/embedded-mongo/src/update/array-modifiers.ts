import { badValue, failedToParse, typeMismatch } from '../errors.js';
import { elementTest } from '../query/field-tests.js';
import { compileFilter } from '../query/filter.js';
import { isOperatorDocument } from '../query/paths.js';
import { documentOrder } from '../query/sort.js';
import { typeName } from '../query/type-tests.js';
import { compareValues, equalValues } from '../values/compare.js';
import { cloneValue, isDocument, kindOf, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { type Modifier } from './modifiers.js';
import { type Slot } from './paths.js';

function arrayIn(slot: Slot): unknown[] | undefined {
  const value = slot.get();
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value as unknown[];
  throw badValue(`The field '${slot.path}' must be an array but is of type ${typeName(value)}`);
}

function integer(value: unknown, clause: string): number {
  const number = toNumber(value);
  if (number !== undefined && Number.isInteger(number)) return number;
  throw badValue(`The value for ${clause} must be an integer value but was given type: ${typeName(value)}`);
}

function eachOf(operand: Doc, name: string): unknown[] {
  if (Array.isArray(operand.$each)) return operand.$each as unknown[];
  throw (name === '$push' ? badValue : typeMismatch)(
    `The argument to $each in ${name} must be an array but it was of type: ${typeName(operand.$each)}`,
  );
}

const PUSH_CLAUSES = new Set(['$each', '$position', '$slice', '$sort']);

const push: Modifier = {
  creates: true,
  prepare: (operand) => {
    if (!isDocument(operand) || !('$each' in operand)) {
      return (slot) => slot.set([...(arrayIn(slot) ?? []), cloneValue(operand)]);
    }
    for (const clause of Object.keys(operand)) {
      if (!PUSH_CLAUSES.has(clause)) throw badValue(`Unrecognized clause in $push: ${clause}`);
    }
    const each = eachOf(operand, '$push');
    const position = operand.$position === undefined ? undefined : integer(operand.$position, '$position');
    const slice = operand.$slice === undefined ? undefined : integer(operand.$slice, '$slice');
    const order = operand.$sort === undefined ? undefined : elementOrder(operand.$sort);
    return (slot) => {
      const array = [...(arrayIn(slot) ?? [])];
      array.splice(position ?? array.length, 0, ...each.map(cloneValue));
      if (order) array.sort(order);
      slot.set(slice === undefined ? array : slice < 0 ? array.slice(slice) : array.slice(0, slice));
    };
  },
};

function elementOrder(spec: unknown): (a: unknown, b: unknown) => number {
  if (isDocument(spec)) return documentOrder(spec);
  const direction = toNumber(spec);
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return (a, b) => compareValues(a, b) * direction;
}

const addToSet: Modifier = {
  creates: true,
  prepare: (operand) => {
    const many = isDocument(operand) && '$each' in operand;
    if (many && Object.keys(operand).length > 1)
      throw badValue('Found unexpected fields after $each in $addToSet');
    const values = many ? eachOf(operand, '$addToSet') : [operand];
    return (slot) => {
      const array = [...(arrayIn(slot) ?? [])];
      for (const value of values) {
        if (!array.some((present) => equalValues(present, value))) array.push(cloneValue(value));
      }
      slot.set(array);
    };
  },
};

const pop: Modifier = {
  creates: false,
  prepare: (operand) => {
    const end = toNumber(operand);
    if (end !== 1 && end !== -1)
      throw failedToParse(`$pop expects 1 or -1, found: ${String(end ?? typeName(operand))}`);
    return (slot) => {
      const array = arrayIn(slot);
      if (array) slot.set(end === 1 ? array.slice(0, -1) : array.slice(1));
    };
  },
};

const removing =
  (unwanted: (element: unknown) => boolean) =>
  (slot: Slot): void => {
    const array = arrayIn(slot);
    if (array) slot.set(array.filter((element) => !unwanted(element)));
  };

const pullAll: Modifier = {
  creates: false,
  prepare: (operand) => {
    if (!Array.isArray(operand))
      throw badValue('$pullAll requires an array argument but was given a ' + typeName(operand));
    return removing((element) => operand.some((value) => equalValues(element, value)));
  },
};

const pull: Modifier = { creates: false, prepare: (operand) => removing(pullTest(operand)) };

/** A document operand is a query on the element's fields, operators test the element, anything else must be equal. */
function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isDocument(operand)) {
    if (isOperatorDocument(operand)) return elementTest(operand, (query) => compileFilter(query));
    const filter = compileFilter(operand);
    return (element) => isDocument(element) && filter(element) !== null;
  }
  if (kindOf(operand) !== 'regex') return (element) => equalValues(element, operand);
  const filter = compileFilter({ element: operand });
  return (element) => !Array.isArray(element) && filter({ element }) !== null;
}

export const arrayModifiers: Readonly<Record<string, Modifier>> = {
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};
