import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import type { Child } from './child.js';
import { openDataFolder } from './data-folder.js';
import { keepDataKey } from './data-key.js';
import { lockDataFolder } from './data-lock.js';
import { EmbeddedError } from './embedded-error.js';
import { startRedis } from './redis.js';
import { startSandbox } from './sandbox.js';
import { startStore } from './store.js';

export { EmbeddedError } from './embedded-error.js';

/** What the program runs on, given or brought along. */
export interface Embedded {
  readonly mongoUri: string;
  /** Undefined: REDIS_URL was given. */
  readonly redis: { readonly path: string; readonly password: string } | undefined;
  readonly botToken: string;
  readonly apiRoot: string;
  /** Undefined: a real bot token was given. */
  readonly sandboxUrl: string | undefined;
  readonly dataKey: Buffer;
  /** What was brought along, a line of plain words each. */
  readonly words: readonly string[];
  /** Ends everything that was started, then lets go of the data folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Brings along what rules §7 leaves open, each piece only when its own address is absent, all at the same time.
 * Throws EmbeddedError with a message for the person at the terminal; then nothing is left running.
 */
export const startEmbedded = async (given: {
  readonly config: Config;
  readonly log: Log;
}): Promise<Embedded> => {
  const { config, log } = given;
  const folder = await openDataFolder(config.dataDir);
  const lock = await lockDataFolder(folder);
  const running: Child[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((child) => child.stop()));
    await rm(folder.socketDir, { recursive: true, force: true });
    await lock.release();
  };
  const bring = async <T extends Child>(absent: boolean, start: () => Promise<T>): Promise<T | undefined> => {
    if (!absent) return undefined;
    const child = await start();
    running.push(child);
    return child;
  };
  const inData = (name: string): string => join(config.dataDir, name);
  const { socketDir } = folder;
  try {
    // The key comes first: it looks whether there is data already.
    const dataKey = config.dataKey ?? (await keepDataKey(config.dataDir));
    const starts = [
      bring(config.redisUrl === undefined, () => startRedis({ folder: inData('redis'), socketDir, log })),
      bring(config.mongodbUri === undefined, () => startStore({ folder: inData('store'), socketDir, log })),
      bring(config.botToken === undefined, () => startSandbox({ config, folder: inData('sandbox'), log })),
    ] as const;
    await Promise.allSettled(starts);
    const [redis, store, sandbox] = await Promise.all(starts);
    return {
      mongoUri: config.mongodbUri ?? store?.uri ?? missing('store'),
      redis: redis === undefined ? undefined : { path: redis.path, password: redis.password },
      botToken: config.botToken ?? sandbox?.botToken ?? missing('bot token'),
      apiRoot: sandbox?.apiRoot ?? config.telegramApiRoot,
      sandboxUrl: sandbox?.url,
      dataKey,
      words: [
        ...(store === undefined ? [] : [`embedded store in ${inData('store')} (MONGODB_URI is not set)`]),
        ...(redis === undefined ? [] : [`private redis-server in ${inData('redis')} (REDIS_URL is not set)`]),
        ...(sandbox === undefined ? [] : [`sandbox in place of Telegram (BOT_TOKEN is not set)`]),
      ],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const missing = (what: string): never => {
  throw new EmbeddedError(`There is no ${what}, neither given nor brought along.`);
};
