import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** The run's store and redis-server, with a part of each that belongs to the caller alone. */
export interface TestServices {
  /** Names the database, too. */
  readonly mongoUri: string;
  readonly databaseName: string;
  readonly redis: { readonly path: string; readonly password: string };
  /** For the queues' `prefix` and as the beginning of every other key. */
  readonly redisPrefix: string;
}

/** A database nobody has used and a key prefix nobody has used; needs the global set-up (flow and fault tests). */
export const freshServices = (): TestServices => {
  const own = randomBytes(6).toString('hex');
  const databaseName = `${inject('databasePrefix')}${own}`;
  return {
    mongoUri: withDatabase(inject('mongoUri'), databaseName),
    databaseName,
    redis: inject('redis'),
    redisPrefix: `dct:${own}`,
  };
};

/** The same address with another database name. */
export const withDatabase = (uri: string, databaseName: string): string => {
  const [, server, query] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  if (server === undefined) throw new Error('not a MongoDB address');
  return `${server}/${databaseName}${query ?? ''}`;
};
