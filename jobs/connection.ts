import type { Log } from '../src/log.js';
import type { RedisAddress } from '../src/redis-address.js';

/** What queues and workers connect with; each opens its own connection. */
export interface QueueConnection {
  readonly address: RedisAddress;
  /** Keeps the keys of one installation, or of one test, apart from others. */
  readonly prefix: string;
  readonly log: Log;
}
