import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mongoose';
import type { TestProject } from 'vitest/node';
import { startRedis } from '../../src/embedded/redis.js';
import { startStore } from '../../src/embedded/store.js';
import { createLog } from '../../src/log.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly mongoUri: string;
    readonly redis: { readonly path: string; readonly password: string };
    /** Every database of this run begins with it. */
    readonly databasePrefix: string;
  }
}

/** One redis-server and one document store for the whole run, a real MongoDB when TEST_MONGODB_URI names one; and the judge, built. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'chaos']);
  const folder = await mkdtemp(join(tmpdir(), 'dct-'));
  const log = createLog('warn');
  const given = process.env['TEST_MONGODB_URI'];
  const databasePrefix = `dct_${randomBytes(4).toString('hex')}_`;
  const starts = [
    startRedis({ folder: join(folder, 'redis'), socketDir: folder, log }),
    given === undefined
      ? startStore({ folder: join(folder, 'store'), socketDir: folder, log })
      : Promise.resolve(undefined),
  ] as const;
  const tidyUp = async (): Promise<void> => {
    for (const start of await Promise.allSettled(starts))
      if (start.status === 'fulfilled') await start.value?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [redis, store] = await Promise.all(starts);
    project.provide('mongoUri', given ?? store?.uri ?? '');
    project.provide('redis', { path: redis.path, password: redis.password });
    project.provide('databasePrefix', databasePrefix);
  } catch (error) {
    await tidyUp();
    throw error;
  }
  return async () => {
    if (given !== undefined) await dropDatabases(given, databasePrefix);
    await tidyUp();
  };
}

const dropDatabases = async (uri: string, prefix: string): Promise<void> => {
  const connection = await createConnection(uri).asPromise();
  const { databases } = await connection.listDatabases();
  for (const { name } of databases) if (name.startsWith(prefix)) await connection.useDb(name).dropDatabase();
  await connection.close();
};
