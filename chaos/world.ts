/** What a run stands on: Telegram and the document store as processes of their own, and a broker that may die. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrganisationFile } from '../src/organisation/organisation-file.js';
import { startNode, type Process } from './child.js';
import { startBroker, type Broker } from './redis.js';

export interface World {
  readonly apiRoot: string;
  readonly mongoUri: string;
  readonly broker: Broker;
  readonly token: string;
  readonly dataKey: Buffer;
  readonly organisationFile: string;
  /** Every call Telegram accepted and all that people did, a line each. */
  readonly journalFile: string;
  readonly logFile: string;
  readonly folder: string;
  /** What each of them is in the system's eyes. */
  readonly pids: { readonly store: number; readonly telegram: number; readonly redis: number };
  readonly stop: (keep: boolean) => Promise<void>;
}

const require = createRequire(import.meta.url);
// A long run's messages are all kept in memory.
const roomy = ['--max-old-space-size=8192'];

export interface WorldPlan {
  readonly organisation: OrganisationFile;
  readonly people: readonly number[];
  /** Telegram's limits; off unless told. */
  readonly limits?: 'telegram' | 'off';
  /** Without it nothing of Telegram reaches the disk: for whoever measures something else. */
  readonly journal?: boolean;
}

const onLine = (line: string): void => void process.stderr.write(`${line}\n`);

export async function startWorld(plan: WorldPlan): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const token = `7001:${randomBytes(20).toString('hex')}`;
  const organisationFile = join(folder, 'organisation.json');
  await writeFile(organisationFile, JSON.stringify(plan.organisation));
  const telegramFolder = join(folder, 'telegram');
  const store = startNode({
    program: require.resolve('embedded-mongo/cli'),
    args: [join(folder, 'store'), join(folder, 's.sock')],
    onLine,
  });
  const telegram = await startTelegram({
    ...plan,
    token,
    folder,
    ...(plan.journal === false ? {} : { dataDir: telegramFolder }),
  });
  const [{ uri = '' }, { apiRoot = '' }, broker] = await Promise.all([
    store.ready,
    telegram.ready,
    startBroker(join(folder, 'redis')),
  ]);
  return {
    apiRoot,
    mongoUri: withDatabase(uri),
    broker,
    token,
    dataKey: randomBytes(32),
    organisationFile,
    journalFile: join(telegramFolder, 'journal.jsonl'),
    logFile: join(folder, 'replicas.log'),
    folder,
    pids: { store: pidOf(store), telegram: pidOf(telegram), redis: broker.pid() },
    stop: async (keep) => {
      await Promise.all([store.kill(), telegram.kill(), broker.stop()]);
      if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface TelegramPlan extends Pick<WorldPlan, 'people' | 'limits'> {
  readonly token: string;
  /** For its settings. */
  readonly folder: string;
  /** For its journal; none without. */
  readonly dataDir?: string;
}

/** The sandbox as a process of its own. */
export async function startTelegram({
  people,
  limits = 'off',
  token,
  folder,
  dataDir,
}: TelegramPlan): Promise<Process> {
  const settings = join(folder, `sandbox-${token.slice(0, 8).replace(':', '-')}.json`);
  await writeFile(
    settings,
    JSON.stringify({
      port: 0,
      token,
      ...(limits === 'off' ? { limits } : {}),
      ...(dataDir === undefined ? {} : { dataDir }),
      people: people.map((id) => ({
        id,
        firstName: `P${id}`,
        languageCode: 'zh-hans',
        label: { zh: String(id), en: String(id) },
        group: { zh: '众', en: 'All' },
      })),
    }),
  );
  return startNode({
    program: require.resolve('telegram-sandbox/cli'),
    args: ['--config', settings],
    execArgv: roomy,
    onLine,
  });
}

export const pidOf = ({ child }: Process): number => child.pid ?? 0;

const withDatabase = (uri: string): string => uri.replace(/\/(\?|$)/, '/chaos$1');
