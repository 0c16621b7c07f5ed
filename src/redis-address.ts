/** Where redis-server is: a unix socket of our own, or what REDIS_URL says. */
export interface RedisAddress {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: Record<string, never>;
}

/**
 * For a line whose answers are always quick. Nothing is kept for later while it is away, and when an answer does not come
 * it is taken for dead and opened anew: nothing else notices one that was dropped without a word. A line that nobody asks
 * anything is left alone.
 */
export const quickLine = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  socketTimeout: 5_000,
} as const;

const defaultPort = 6379;

/** Takes a redis:// or rediss:// address (checked by the settings), gives its parts. */
export function parseRedisUrl(url: string): RedisAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const db = Number(pathname.slice(1));
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPort : Number(port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(Number.isInteger(db) && db > 0 ? { db } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
