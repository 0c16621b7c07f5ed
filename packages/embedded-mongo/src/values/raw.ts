import { CommandError } from '../errors.js';
import { decode } from './codec.js';
import { type Doc } from './kinds.js';

// Walks over stored or received bytes without decoding them. Everything here checks lengths: the bytes may be hostile.
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 180;

export type Element = {
  readonly type: number;
  readonly name: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
};

const invalid = (why: string): CommandError =>
  new CommandError(22, 'InvalidBSON', `not a valid BSON document: ${why}`);

/** Bytes of a value by type: fixed, or undefined where the length is in the value. */
const FIXED: Readonly<Record<number, number>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};

function endOfName(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  if (end < 0) throw invalid('a name does not end');
  return end + 1;
}

function endOfValue(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED[type];
  if (fixed !== undefined) return at + fixed;
  if (type === 0x0b) return endOfName(bytes, endOfName(bytes, at));
  if (at + 4 > bytes.length) throw invalid('a value is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 0) throw invalid('a length is negative');
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return at + 4 + length;
    case 0x03:
    case 0x04:
    case 0x0f:
      return at + length;
    case 0x05:
      return at + 5 + length;
    case 0x0c:
      return at + 16 + length;
    default:
      throw invalid(`unknown type ${type}`);
  }
}

/** The elements of the document that starts at `offset`. */
export function* elements(bytes: Buffer, offset = 0): Generator<Element> {
  if (offset + 5 > bytes.length) throw invalid('it is cut off');
  const size = bytes.readInt32LE(offset);
  const last = offset + size - 1;
  if (size < 5 || last >= bytes.length || bytes[last] !== 0) throw invalid('its length is wrong');
  let at = offset + 4;
  while (at < last) {
    const type = bytes[at] ?? 0;
    const value = endOfName(bytes, at + 1);
    const end = endOfValue(bytes, type, value);
    if (end > last) throw invalid('a value is longer than its document');
    yield { type, name: bytes.toString('utf8', at + 1, value - 1), start: at, value, end };
    at = end;
  }
}

/** Refuses bytes that are not one well-formed document of at most 16 MB and 180 levels. */
export function checkDocument(bytes: Buffer): void {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(bytes.length);
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw invalid('its length is wrong');
  checkLevel(bytes, 0, 1);
}
export const tooLarge = (size: number): CommandError =>
  new CommandError(
    10334,
    'BSONObjectTooLarge',
    `BSONObj size: ${size} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
  );

function checkLevel(bytes: Buffer, offset: number, depth: number): void {
  if (depth > MAX_DEPTH)
    throw new CommandError(15, 'Overflow', `the document is nested deeper than ${MAX_DEPTH} levels`);
  for (const { type, value, end } of elements(bytes, offset)) {
    if (type === 0x03 || type === 0x04) checkLevel(bytes, value, depth + 1);
    else if ((type === 0x02 || type === 0x0d || type === 0x0e) && (end < value + 5 || bytes[end - 1] !== 0)) {
      throw invalid('a string is not terminated');
    }
  }
}

const END = Buffer.from([0]);

/** A document put together from encoded elements. */
export function documentOf(parts: readonly Buffer[]): Buffer {
  const head = Buffer.allocUnsafe(4);
  const out = Buffer.concat([head, ...parts, END]);
  out.writeInt32LE(out.length, 0);
  return out;
}
/** The elements of an encoded document, without its frame. */
export const bodyOf = (bytes: Buffer): Buffer => bytes.subarray(4, bytes.length - 1);

/** An element that holds a ready document (type 3) or array (type 4). */
export function rawElement(type: 3 | 4, name: string, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(name), END, bytes]);
}

/** An encoded array of ready documents. */
export function arrayOf(documents: readonly Buffer[]): Buffer {
  return documentOf(documents.map((bytes, i) => rawElement(3, String(i), bytes)));
}

/** Decodes only the named top-level fields, in stored order; null names all of them. */
export function pickFields(bytes: Buffer, fields: ReadonlySet<string> | null): Doc {
  if (fields === null) return decode(bytes);
  if (fields.size === 0) return {};
  return decode(pickBytes(bytes, fields));
}

/** As `pickFields`, without decoding. */
export function pickBytes(bytes: Buffer, fields: ReadonlySet<string>): Buffer {
  const wanted: Buffer[] = [];
  for (const { name, start, end } of elements(bytes)) {
    if (fields.has(name)) wanted.push(bytes.subarray(start, end));
    if (wanted.length === fields.size) break;
  }
  return documentOf(wanted);
}
