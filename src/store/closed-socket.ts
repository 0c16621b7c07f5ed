import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { mongo } from 'mongoose';
import { InvariantError } from '../errors.js';

/** What is needed here of the driver's connection; its own types keep it to themselves. */
interface DriverConnection {
  readonly socket: Socket;
  onError(error: Error): void;
  writeCommand(...given: unknown[]): Promise<void>;
  cleanup(error: Error): void;
}

const marked = Symbol.for('direct-channel: notices a closed socket');

/**
 * The driver (7.8, 7.9) waits for ever for a socket to drain that has ended and has not yet said so: a question asked in that
 * moment is never answered and no time limit counts, so that a lane, or the driver's own look at the store, stands still until
 * the program is started anew. Makes it an error of the network, as any other lost connection is one; safe to repeat.
 */
export const noticeClosedSockets = (): void => {
  const require = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = require('mongodb/lib/cmap/connection.js') as {
    readonly Connection: { readonly prototype: DriverConnection & { [marked]?: true } };
  };
  const driver = Connection.prototype;
  if (driver[marked]) return;
  const { writeCommand, cleanup } = driver;
  if (typeof writeCommand !== 'function' || typeof cleanup !== 'function')
    throw new InvariantError('the driver of the document store is not the one this was written for');
  driver[marked] = true;

  driver.writeCommand = async function (...given) {
    if (!this.socket.writable) {
      const gone = new mongo.MongoNetworkError('the connection has ended');
      this.onError(gone);
      throw gone;
    }
    await writeCommand.apply(this, given);
  };
  // What waits for the socket to drain looks at the connection's error next; so does what is only now being compressed.
  driver.cleanup = function (error) {
    cleanup.call(this, error);
    this.socket.write = () => true;
    this.socket.emit('drain');
  };
};
