import { type Socket } from 'node:net';
import { CommandError } from '../errors.js';
import { runCommand } from '../commands/index.js';
import { type Server } from '../commands/request.js';
import { encodeReply } from '../values/codec.js';
import { messageLength, parseMessage, ProtocolError, replyTo, type Message } from './message.js';

export type Log = (entry: Readonly<Record<string, unknown>>) => void;
export type ConnectionLimits = {
  /** How long a message that has begun may pause before the connection is given up. */
  readonly messageMs: number;
  /** Bytes of unfinished messages over all connections; who goes beyond the limit is dropped. */
  readonly waiting: { bytes: number };
  readonly mostWaitingBytes: number;
};

const PAUSE_BYTES = 1024 * 1024;

/** Serves one connection: commands one after another; reading stops while much waits, so memory stays bounded. */
export function serveConnection(socket: Socket, server: Server, log: Log, limits: ConnectionLimits): void {
  let chunks: Buffer[] = [];
  let received = 0;
  let working = false;
  let replies = 0;
  let timer: NodeJS.Timeout | undefined;

  const count = (bytes: number): void => {
    received += bytes;
    limits.waiting.bytes += bytes;
  };

  const drop = (why: string): void => {
    log({ event: 'connection dropped', why });
    socket.destroy();
  };

  /** The next whole message, when it has arrived. Pieces are joined once, however many there were. */
  const take = (): Buffer | undefined => {
    if (received < 4) return undefined;
    if ((chunks[0]?.length ?? 0) < 4) chunks = [Buffer.concat(chunks)];
    const length = messageLength(chunks[0] ?? Buffer.alloc(0));
    if (length === undefined || received < length) return undefined;
    const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    count(-length);
    chunks = received > 0 ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  };

  const answer = async (message: Message): Promise<void> => {
    let body: Buffer;
    try {
      const reply = await runCommand(message.request(), server);
      body = Buffer.isBuffer(reply) ? reply : encodeReply(reply);
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      body = encodeReply(errorReply(error, log));
    }
    if (message.silent || socket.destroyed) return;
    replies += 1;
    const flushed = socket.write(replyTo(message, replies, body));
    if (!flushed) await drained(socket);
  };

  const work = async (): Promise<void> => {
    try {
      for (let bytes = take(); bytes; bytes = take()) await answer(parseMessage(bytes));
    } catch (error) {
      drop(error instanceof Error ? error.message : String(error));
    }
    working = false;
    if (!socket.destroyed) socket.resume();
    if (received > 0)
      timer ??= setTimeout(() => drop('a message did not arrive in time'), limits.messageMs).unref();
  };

  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(timer);
    chunks = [];
    count(-received);
  });
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    count(chunk.length);
    if (limits.waiting.bytes > limits.mostWaitingBytes) return drop('too many unfinished messages');
    clearTimeout(timer);
    timer = undefined;
    if (working) {
      if (received > PAUSE_BYTES) socket.pause();
      return;
    }
    working = true;
    work().catch((error: unknown) => drop(String(error)));
  });
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}

function errorReply(error: unknown, log: Log): Readonly<Record<string, unknown>> {
  if (error instanceof CommandError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
  // A bug or a fault: its place is logged, its message may hold contents and is not.
  const name = error instanceof Error ? error.name : 'unknown';
  log({
    event: 'command failed',
    name,
    at: error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined,
  });
  return {
    ok: 0,
    errmsg: `internal error: ${error instanceof Error ? error.message : String(error)}`,
    code: 1,
    codeName: 'InternalError',
  };
}
