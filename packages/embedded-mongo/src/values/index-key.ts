import { createHash } from 'node:crypto';
import { type ObjectId, type Timestamp } from 'bson';
import { bytesOf, fieldsOf, kindOf, rankOfKind, regexParts, type Doc } from './kinds.js';
import { align, exactOf, isDecimal, toBigInt, toNumber } from './numbers.js';

// Byte strings that sort as MongoDB sorts the values. A value longer than its share of a key keeps a prefix and a hash:
// equality stays exact, order is exact only up to the prefix (`cut` tells).
export type KeyPart = { readonly bytes: Buffer; readonly cut: boolean };

const HASH_BYTES = 32;

export function keyPart(value: unknown, maxBytes: number): KeyPart {
  const body = keyBody(value);
  if (body.length <= maxBytes) return { bytes: body, cut: false };
  const hash = createHash('sha256').update(body).digest();
  return { bytes: Buffer.concat([body.subarray(0, maxBytes - HASH_BYTES), hash]), cut: true };
}

/** A bound for a search: whole where it fits, else the part up to which the order of keys is the order of values. */
export function boundPart(value: unknown, maxBytes: number): KeyPart {
  const body = keyBody(value);
  const exact = maxBytes - HASH_BYTES;
  return body.length <= exact ? { bytes: body, cut: false } : { bytes: body.subarray(0, exact), cut: true };
}

/** The same bytes in reverse order, for a descending field. */
export function inverted(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) out[i] = (bytes[i] ?? 0) ^ 0xff;
  return out;
}

/** The first key after every key that starts with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  for (let i = prefix.length - 1; i >= 0; i -= 1) {
    const byte = prefix[i] ?? 0;
    if (byte === 0xff) continue;
    const out = Buffer.from(prefix.subarray(0, i + 1));
    out[i] = byte + 1;
    return out;
  }
  return Buffer.alloc(64, 0xff);
}

const TERMINATOR = Buffer.from([0, 0]);

function textKey(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (!bytes.includes(0)) return Buffer.concat([bytes, TERMINATOR]);
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  return Buffer.concat([Buffer.from(escaped), TERMINATOR]);
}

function unsigned64(value: bigint): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeBigUInt64BE(BigInt.asUintN(64, value));
  return out;
}

const NAN = Buffer.from([0]);
const ZERO = Buffer.from([2]);
const REMAINDER_DIGITS = 40;

/** Sign, magnitude rounded down to a double, then what the double leaves over (only longs and decimals have that). */
function numberKey(value: unknown): Buffer {
  const near = toNumber(value) ?? Number.NaN;
  if (Number.isNaN(near)) return NAN;
  const exact = isDecimal(value) || toBigInt(value) !== undefined ? exactOf(value) : undefined;
  const negative = exact ? exact.coefficient < 0n : near < 0;
  if (exact ? exact.coefficient === 0n : near === 0) return ZERO;
  const magnitude = magnitudeKey(Math.abs(near), exact);
  return Buffer.concat([Buffer.from([negative ? 1 : 3]), negative ? inverted(magnitude) : magnitude]);
}

type Exact = NonNullable<ReturnType<typeof exactOf>>;

function magnitudeKey(near: number, exact: Exact | undefined): Buffer {
  const out = Buffer.alloc(9);
  if (!exact) {
    out.writeDoubleBE(near);
    return out;
  }
  const target: Exact = {
    coefficient: exact.coefficient < 0n ? -exact.coefficient : exact.coefficient,
    exponent: exact.exponent,
  };
  let floor = Math.min(near, Number.MAX_VALUE);
  let rest = remainder(target, floor);
  while (rest.coefficient < 0n) {
    floor = nextBelow(floor);
    rest = remainder(target, floor);
  }
  out.writeDoubleBE(floor);
  if (rest.coefficient === 0n) return out;
  out[8] = 1;
  const digits = rest.coefficient.toString();
  const scale = Buffer.allocUnsafe(2);
  scale.writeUInt16BE(digits.length + rest.exponent + 16384);
  return Buffer.concat([
    out,
    scale,
    Buffer.from(digits.slice(0, REMAINDER_DIGITS).padEnd(REMAINDER_DIGITS, '0'), 'hex'),
  ]);
}

function remainder(target: Exact, floor: number): Exact {
  const base = exactOf(floor) ?? { coefficient: 0n, exponent: 0 };
  const { a, b, exponent } = align(target, base);
  return { coefficient: a - b, exponent };
}

function nextBelow(value: number): number {
  const view = Buffer.allocUnsafe(8);
  view.writeDoubleBE(value);
  view.writeBigUInt64BE(view.readBigUInt64BE() - 1n);
  return view.readDoubleBE();
}

function binaryKey(value: unknown): Buffer {
  const bytes = bytesOf(value);
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32BE(bytes.length);
  head[4] = value instanceof Uint8Array ? 0 : (value as { sub_type: number }).sub_type;
  return Buffer.concat([head, bytes]);
}

function documentKey(value: Doc): Buffer {
  const parts: Buffer[] = [];
  for (const [name, field] of Object.entries(fieldsOf(value))) {
    parts.push(Buffer.from([rankOfKind(kindOf(field))]), textKey(name), keyBody(field));
  }
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function keyBody(value: unknown): Buffer {
  const kind = kindOf(value);
  return Buffer.concat([Buffer.from([rankOfKind(kind)]), contentKey(kind, value)]);
}

const NOTHING = Buffer.alloc(0);

function contentKey(kind: ReturnType<typeof kindOf>, value: unknown): Buffer {
  switch (kind) {
    case 'number':
      return numberKey(value);
    case 'string':
      return textKey(String(value));
    case 'bool':
      return Buffer.from([value === true ? 1 : 0]);
    case 'date':
      return unsigned64(BigInt((value as Date).getTime()) + (1n << 63n));
    case 'objectId':
      return Buffer.from((value as ObjectId).id);
    case 'timestamp':
      return unsigned64((value as Timestamp).toBigInt());
    case 'binary':
      return binaryKey(value);
    case 'regex':
      return Buffer.concat([textKey(regexParts(value).pattern), textKey(regexParts(value).options)]);
    case 'array':
      return Buffer.concat([...(value as unknown[]).map(keyBody), Buffer.from([0])]);
    case 'object':
      return documentKey(value as Doc);
    case 'code':
      return textKey(JSON.stringify(value));
    default:
      return NOTHING;
  }
}
