import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.js';
import { openDataFolder } from './data-folder.js';
import { keepDataKey } from './data-key.js';
import { lockDataFolder } from './data-lock.js';
import { startStore } from './store.js';

export interface StoreAlone {
  readonly mongoUri: string;
  readonly dataKey: Buffer;
  readonly stop: () => Promise<void>;
}

/** The embedded store of a program that has ended, for a command; refuses while the program runs. */
export const startStoreAlone = async (dataDir: string, log: Log): Promise<StoreAlone> => {
  const folder = await openDataFolder(dataDir);
  const lock = await lockDataFolder(
    folder,
    'This command reads that very store: end the program first, then run it again.',
  );
  const free = async (): Promise<void> => {
    await rm(folder.socketDir, { recursive: true, force: true });
    await lock.release();
  };
  try {
    const dataKey = await keepDataKey(dataDir);
    const store = await startStore({ folder: join(dataDir, 'store'), socketDir: folder.socketDir, log });
    const stop = async (): Promise<void> => {
      await store.stop();
      await free();
    };
    return { mongoUri: store.uri, dataKey, stop };
  } catch (error) {
    await free();
    throw error;
  }
};
