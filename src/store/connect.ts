import { Mongoose } from 'mongoose';
import type { Connection } from 'mongoose';
import { Fault } from '../errors.js';
import { noticeClosedSockets } from './closed-socket.js';
import type { Log } from '../log.js';

export type { Connection };

/**
 * Opens the document store. Writes are acknowledged by a majority; a store that is away answers with an error
 * within seconds instead of keeping callers waiting. Filters refuse operators unless wrapped in `trusted(…)`
 * and refuse fields that are not in the schema. Throws a Fault when the store cannot be reached.
 */
export const connectStore = async (uri: string, { log }: { readonly log: Log }): Promise<Connection> => {
  noticeClosedSockets();
  // An instance of its own: settings and models of one connection never reach another.
  const mongoose = new Mongoose({
    strictQuery: 'throw',
    sanitizeFilter: true,
    autoIndex: false,
    autoCreate: false,
    bufferTimeoutMS: 5_000,
  });
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 30_000,
    waitQueueTimeoutMS: 10_000,
    maxPoolSize: 32,
    autoIndex: false,
    autoCreate: false,
    sanitizeFilter: true,
    writeConcern: { w: 'majority' },
  });
  // Without a listener an error of the connection would end the process.
  connection.on('error', (error: unknown) => log.error('the document store reported an error', { error }));
  let closing = false;
  connection.on('disconnecting', () => (closing = true));
  connection.on('disconnected', () => {
    if (!closing) log.warn('the document store went away');
  });
  connection.on('reconnected', () => log.info('the document store is back'));
  try {
    return await connection.asPromise();
  } catch (cause) {
    await connection.close().catch(() => undefined);
    throw new Fault('the document store cannot be reached', { cause });
  }
};

/** Creates every index that the models registered on this connection ask for; called once at start, safe to repeat. */
export const ensureIndexes = async (connection: Connection): Promise<void> => {
  for (const model of Object.values(connection.models)) await model.createIndexes();
};

/** Resolves when the store has answered; rejects when it cannot be asked. */
export const pingStore = async (connection: Connection): Promise<void> => {
  if (!isConnected(connection) || connection.db === undefined) throw new Fault('the document store is away');
  await connection.db.command({ ping: 1 });
};

// Mongoose names it ConnectionStates.connected in its types only, not at run time.
const connected = 1;

/** Whether the store can be asked right now. */
export const isConnected = (connection: Connection): boolean => {
  const state: number = connection.readyState;
  return state === connected;
};
