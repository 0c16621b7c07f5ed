/** What a benchmark runs in: redis-server, document store, sandbox, and the program as a process that can be measured. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from 'telegram-sandbox';
import { startStore } from '../src/embedded/store.js';
import { createLog } from '../src/log.js';
import { readOrganisation, type OrganisationFile } from '../src/organisation/organisation-file.js';
import { startOwnRedis, type OwnRedis } from '../test/support/own-redis.js';
import type { AppOrder } from './app-process.js';

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
  const program = fork('dist/bench/app-process.mjs', [JSON.stringify(order)]);
  const url = await ready(program);
  return {
    sandbox,
    mongoUri: store.uri,
    redis,
    url,
    usedMs: async () => ({
      program: await cpuMsOf(program.pid ?? 0),
      services: (await Promise.all(services.map(cpuMsOf))).reduce((sum, ms) => sum + ms, 0),
    }),
    stop: async () => {
      program.kill('SIGKILL');
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

const ready = (program: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    program.once('message', (url) => resolve(typeof url === 'string' ? url : ''));
    program.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
  });

/** Fields of a process as the kernel counts them; ticks of a hundredth of a second. */
async function statOf(pid: number | string): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const cpuMsOf = async (pid: number): Promise<number> => {
  const fields = await statOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
};

async function childrenOf(parent: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(pids.map(async (pid) => Number((await statOf(pid))[1])));
  return pids.filter((_, i) => parents[i] === parent).map(Number);
}
