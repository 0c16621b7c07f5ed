/** What a benchmark runs in: redis-server, document store, sandbox, and the program as a process that can be measured. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from 'telegram-sandbox';
import { startStore } from '../src/embedded/store.js';
import { createLog } from '../src/log.js';
import { readOrganisation, type OrganisationFile } from '../src/organisation/organisation-file.js';
import { startOwnRedis, type OwnRedis } from '../test/support/own-redis.js';
import type { AppOrder } from './app-process.js';
import { childrenOf, cpuMsOf } from './processor-time.js';
import { startProgram } from './program.js';

export interface World {
  readonly sandbox: Sandbox;
  readonly mongoUri: string;
  readonly redis: OwnRedis;
  /** Where the program listens. */
  readonly url: string;
  /** Processor time in milliseconds that the program, the store and redis-server have used so far. */
  readonly usedMs: () => Promise<Used>;
  readonly stop: () => Promise<void>;
}

export interface Used {
  readonly program: number;
  readonly services: number;
}

const token = '7001:sandbox-token-for-benchmarks-0123456789';

export interface WorldOptions {
  readonly people: readonly number[];
  readonly sendMode?: AppOrder['sendMode'];
  /** Telegram's budgets, for the program and as strictly for the sandbox; off unless told. */
  readonly budgets?: AppOrder['budgets'];
  readonly organisation?: (file: OrganisationFile) => OrganisationFile;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const { people, sendMode = 'two-phase', budgets = 'off' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'dct-bench-'));
  const log = createLog('error');
  const [redis, store, sandbox] = await Promise.all([
    startOwnRedis(),
    startStore({ folder: join(folder, 'store'), socketDir: folder, log }),
    startSandbox({
      port: 0,
      token,
      people: people.map(sandboxPerson),
      ...(budgets === 'off' ? { limits: 'off' as const } : {}),
    }),
  ]);
  const services = await childrenOf(process.pid);
  const { file } = readOrganisation(await readFile('config/sample-organisation.json', 'utf8'));
  const order: AppOrder = {
    mongoUri: store.uri,
    redis: redis.address,
    apiRoot: sandbox.apiRoot,
    token,
    sendMode,
    budgets,
    organisation: options.organisation?.(file) ?? file,
  };
  const program = await startProgram(order);
  return {
    sandbox,
    mongoUri: store.uri,
    redis,
    url: program.url,
    usedMs: async () => ({
      program: (await program.usage()).cpuMs,
      services: (await Promise.all(services.map(cpuMsOf))).reduce((sum, ms) => sum + ms, 0),
    }),
    stop: async () => {
      await program.end();
      await sandbox.close();
      await Promise.all([redis.close(), store.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sandboxPerson = (id: number) => ({
  id,
  firstName: `P${id}`,
  languageCode: 'zh-hans' as const,
  label: { zh: String(id), en: String(id) },
  group: { zh: '测试', en: 'Test' },
});
