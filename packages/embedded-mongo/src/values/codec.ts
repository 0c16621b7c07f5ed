import { deserialize, serialize } from 'bson';
import { type Doc } from './kinds.js';

/** Decodes bytes with every number keeping its BSON type. */
export const decode = (bytes: Uint8Array): Doc =>
  deserialize(bytes, { promoteValues: false, bsonRegExp: true, validation: { utf8: false } });

/** Decodes bytes with JavaScript numbers, the form in which mingo computes. */
export const decodePlain = (bytes: Uint8Array): Doc =>
  deserialize(bytes, { promoteBuffers: false, validation: { utf8: false } });

export function encode(document: Doc): Buffer {
  const bytes = serialize(document, { ignoreUndefined: false });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
/** As `encode`, but leaves fields out that are undefined: for replies. */
export function encodeReply(document: Doc): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Typed values to JavaScript numbers, and back. */
export const toPlain = (value: unknown): unknown => decodePlain(encode({ value })).value;
export const toTyped = (value: unknown): unknown => decode(encode({ value })).value;
