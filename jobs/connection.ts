import type { Log } from '../src/log.js';
import type { RedisAddress } from '../src/redis-address.js';

/** What queues and workers connect with; each opens its own connection. */
export interface QueueConnection {
  readonly address: RedisAddress;
  /** Keeps the keys of one installation, or of one test, apart from others. */
  readonly prefix: string;
  /** How long an answer of Redis may be overdue before its line is taken for dead; as it fits the line unless told. */
  readonly silentMs?: number;
  readonly log: Log;
}
