import { Int32, Long, Timestamp } from 'bson';
import { badValue, CommandError, failedToParse, typeMismatch } from '../errors.js';
import { typeName } from '../query/type-tests.js';
import { compareValues } from '../values/compare.js';
import { bsonTypeOf, cloneValue, isDocument, isNumber } from '../values/kinds.js';
import { calculate, toBigInt, toNumber, type Arithmetic } from '../values/numbers.js';
import { arrayModifiers } from './array-modifiers.js';
import { type Slot } from './paths.js';

export type UpdateScope = { readonly now: Date };

/** One update operator: checks its operand once, then edits one slot per document. */
export type Modifier = {
  /** False: a missing path is left alone instead of made. */
  readonly creates: boolean;
  readonly prepare: (operand: unknown, path: string, scope: UpdateScope) => (slot: Slot) => void;
};

const set: Modifier = {
  creates: true,
  prepare: (operand) => (slot) => slot.set(cloneValue(operand)),
};

const unset: Modifier = { creates: false, prepare: () => (slot) => slot.clear() };

function arithmetic(name: '$inc' | '$mul', how: Arithmetic): Modifier {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return {
    creates: true,
    prepare: (operand, path) => {
      if (!isNumber(operand)) {
        throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
      }
      return (slot) => {
        const current = slot.get();
        if (current === undefined)
          slot.set(name === '$inc' ? operand : calculate(operand, new Int32(0), 'multiply'));
        else if (isNumber(current)) slot.set(calculate(current, operand, how));
        else {
          throw typeMismatch(
            `Cannot apply ${name} to a value of non-numeric type. The document has the field '${slot.path}' of non-numeric type ${typeName(current)}`,
          );
        }
      };
    },
  };
}

const extreme = (sign: 1 | -1): Modifier => ({
  creates: true,
  prepare: (operand) => (slot) => {
    const current = slot.get();
    if (current === undefined || compareValues(operand, current) * sign > 0) slot.set(cloneValue(operand));
  },
});

const currentDate: Modifier = {
  creates: true,
  prepare: (operand, _path, { now }) => {
    const type = isDocument(operand) ? operand.$type : typeof operand === 'boolean' ? 'date' : undefined;
    if (type === 'date') return (slot) => slot.set(new Date(now));
    if (type !== 'timestamp') {
      throw badValue(
        `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    }
    return (slot) => slot.set(new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
  },
};

const bit: Modifier = {
  creates: true,
  prepare: (operand, path) => {
    if (!isDocument(operand))
      throw badValue(
        `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document`,
      );
    const steps = Object.entries(operand).map(([how, value]) => {
      const type = bsonTypeOf(value);
      if (type !== 'Int32' && type !== 'Long')
        throw badValue(
          `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here`,
        );
      if (!['and', 'or', 'xor'].includes(how))
        throw badValue(
          `The $bit modifier only supports 'and', 'or', and 'xor', not '${how}' which is an unknown operator`,
        );
      return { how, value };
    });
    if (steps.length === 0) throw badValue(`You must pass in at least one bitwise operation for ${path}`);
    return (slot) => {
      for (const { how, value } of steps) slot.set(applyBits(slot, how, value));
    };
  },
};

function applyBits(slot: Slot, how: string, operand: unknown): Int32 | Long {
  const current = slot.get() ?? new Int32(0);
  const types = [bsonTypeOf(current), bsonTypeOf(operand)];
  if (types[0] !== 'Int32' && types[0] !== 'Long') {
    throw badValue(
      `Cannot apply $bit to a value of non-integral type: the field '${slot.path}' is of type ${typeName(current)}`,
    );
  }
  const bits = (value: unknown): bigint => toBigInt(value) ?? BigInt(toNumber(value) ?? 0);
  const [a, b] = [bits(current), bits(operand)];
  const result = how === 'and' ? a & b : how === 'or' ? a | b : a ^ b;
  return types.includes('Long') ? Long.fromBigInt(result) : new Int32(Number(BigInt.asIntN(32, result)));
}

const MODIFIERS: Readonly<Record<string, Modifier>> = {
  $set: set,
  $setOnInsert: set,
  $unset: unset,
  $inc: arithmetic('$inc', 'add'),
  $mul: arithmetic('$mul', 'multiply'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $bit: bit,
  ...arrayModifiers,
};

/** The modifier of that name; refuses unknown ones. */
export function modifierOf(name: string): Modifier {
  const modifier = Object.hasOwn(MODIFIERS, name) ? MODIFIERS[name] : undefined;
  if (modifier) return modifier;
  if (!name.startsWith('$'))
    throw new CommandError(
      9,
      'FailedToParse',
      `the update operation document must contain atomic operators; '${name}' is none`,
    );
  throw failedToParse(
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}
