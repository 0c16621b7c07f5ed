import { CommandError } from '../errors.js';
import { type Request } from '../commands/request.js';
import { decode } from '../values/codec.js';
import { checkDocument } from '../values/raw.js';

// The MongoDB wire protocol as far as drivers use it: OP_MSG, and OP_QUERY for the first hello of a connection.
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
export const MAX_MESSAGE_BYTES = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME | (1 << 16);

/** Bytes that are no message of this protocol; the connection cannot go on. */
export class ProtocolError extends Error {}

export type Message = {
  readonly requestId: number;
  readonly opcode: number;
  /** The sender wants no reply. */
  readonly silent: boolean;
  /** Reads the command; refuses malformed documents with a command error, so that the sender learns of it. */
  readonly request: () => Request;
};

/** The length of the message that starts here; undefined until four bytes are there. Refuses impossible lengths. */
export function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readInt32LE(0);
  if (length < HEADER_BYTES + 5 || length > MAX_MESSAGE_BYTES)
    throw new ProtocolError(`a message cannot have ${length} bytes`);
  return length;
}

/** Parses one whole message; refuses unknown opcodes and flags. */
export function parseMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_QUERY) return { requestId, opcode, silent: false, request: () => queryRequest(bytes) };
  if (opcode !== OP_MSG) throw new ProtocolError(`unknown opcode ${opcode}`);
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~KNOWN_FLAGS) !== 0) throw new ProtocolError(`unknown flags ${flags}`);
  return {
    requestId,
    opcode,
    silent: (flags & MORE_TO_COME) !== 0,
    request: () => messageRequest(bytes, flags),
  };
}

function document(bytes: Buffer, at: number, end: number): Buffer {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new ProtocolError('a document is longer than its message');
  return bytes.subarray(at, at + size);
}

function checked(bytes: Buffer): ReturnType<typeof decode> {
  checkDocument(bytes);
  return decode(bytes);
}

function messageRequest(bytes: Buffer, flags: number): Request {
  const end = bytes.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Buffer | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0) {
      if (body) throw new ProtocolError('a message has two bodies');
      body = document(bytes, at, end);
      at += body.length;
    } else if (kind === 1) {
      const { name, documents, next } = sequence(bytes, at, end);
      sequences.set(name, documents);
      at = next;
    } else throw new ProtocolError(`unknown section kind ${String(kind)}`);
  }
  if (!body) throw new ProtocolError('a message has no body');
  const command = checked(body);
  const name = Object.keys(command)[0];
  if (name === undefined) throw new CommandError(59, 'CommandNotFound', 'no command given');
  if (typeof command.$db !== 'string')
    throw new CommandError(40571, 'Location40571', 'OP_MSG requests require a $db argument');
  return { name, database: command.$db, body: command, sequences };
}

function sequence(
  bytes: Buffer,
  start: number,
  end: number,
): { name: string; documents: Buffer[]; next: number } {
  const size = start + 4 <= end ? bytes.readInt32LE(start) : 0;
  const next = start + size;
  const nameEnd = bytes.indexOf(0, start + 4);
  if (size < 5 || next > end || nameEnd < 0 || nameEnd >= next)
    throw new ProtocolError('a document sequence has a wrong length');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < next; at += documents.at(-1)?.length ?? 1)
    documents.push(document(bytes, at, next));
  return { name: bytes.toString('utf8', start + 4, nameEnd), documents, next };
}

function queryRequest(bytes: Buffer): Request {
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0) throw new ProtocolError('a query has no collection name');
  const namespace = bytes.toString('utf8', HEADER_BYTES + 4, nameEnd);
  const body = checked(document(bytes, nameEnd + 9, bytes.length));
  const name = Object.keys(body)[0] ?? '';
  if (!namespace.endsWith('.$cmd') || !/^(?:hello|ismaster)$/i.test(name)) {
    throw new CommandError(
      352,
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
    );
  }
  return { name, database: namespace.slice(0, namespace.indexOf('.')), body, sequences: new Map() };
}

/** A reply to a message, framed as its sender asked. */
export function replyTo(
  message: Pick<Message, 'requestId' | 'opcode'>,
  replyId: number,
  body: Buffer,
): Buffer {
  const query = message.opcode === OP_QUERY;
  const head = Buffer.alloc(query ? HEADER_BYTES + 20 : HEADER_BYTES + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(replyId, 4);
  head.writeInt32LE(message.requestId, 8);
  head.writeInt32LE(query ? OP_REPLY : OP_MSG, 12);
  if (query) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, body]);
}
