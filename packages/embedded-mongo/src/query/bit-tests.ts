import { badValue, failedToParse } from '../errors.js';
import { bytesOf, isNumber, kindOf } from '../values/kinds.js';
import { toBigInt, toNumber } from '../values/numbers.js';

/** The bits of an integer or of binary data (little endian); undefined for anything else. */
function bitsOf(value: unknown): bigint | undefined {
  if (isNumber(value)) {
    const long = toBigInt(value);
    if (long !== undefined) return long;
    const number = toNumber(value) ?? Number.NaN;
    return Number.isInteger(number) ? BigInt(number) : undefined;
  }
  if (kindOf(value) !== 'binary') return undefined;
  let bits = 0n;
  for (const byte of bytesOf(value).toReversed()) bits = (bits << 8n) | BigInt(byte);
  return bits;
}

function maskOf(name: string, operand: unknown): bigint {
  if (!Array.isArray(operand)) {
    const mask = bitsOf(operand);
    if (mask === undefined) throw badValue(`${name} takes an Array, a number, or a BinData`);
    if (isNumber(operand) && mask < 0n) throw failedToParse(`Expected a non-negative number in: ${name}`);
    return mask;
  }
  return operand.reduce<bigint>((mask, position: unknown) => {
    const bit = toNumber(position);
    if (bit === undefined || !Number.isInteger(bit) || bit < 0 || bit > 0xffff) {
      throw failedToParse(`Failed to parse bit position. Expected a non-negative number in: ${name}`);
    }
    return mask | (1n << BigInt(bit));
  }, 0n);
}

/** The test of a $bits operator on one value. */
export function bitTest(name: string, operand: unknown): (value: unknown) => boolean {
  const mask = maskOf(name, operand);
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    const set = bits & mask;
    if (name === '$bitsAllSet') return set === mask;
    if (name === '$bitsAnySet') return set !== 0n;
    return name === '$bitsAllClear' ? set === 0n : set !== mask;
  };
}
