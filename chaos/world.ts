/** What a run stands on: Telegram and the document store as processes of their own, and a broker that may die. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organisationOf, ownerIds, staffIds } from './organisation.js';
import { startNode } from './child.js';
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
  readonly stop: (keep: boolean) => Promise<void>;
}

const require = createRequire(import.meta.url);
// A long run's messages are all kept in memory.
const roomy = ['--max-old-space-size=8192'];

export async function startWorld(owners: number): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const token = `7001:${randomBytes(20).toString('hex')}`;
  const organisationFile = join(folder, 'organisation.json');
  await writeFile(organisationFile, JSON.stringify(organisationOf(owners)));
  const sandboxFile = join(folder, 'sandbox.json');
  const people = [...staffIds, ...ownerIds(owners)].map((id) => ({
    id,
    firstName: `P${id}`,
    languageCode: 'zh-hans',
    label: { zh: String(id), en: String(id) },
    group: { zh: '众', en: 'All' },
  }));
  const telegramFolder = join(folder, 'telegram');
  await writeFile(
    sandboxFile,
    JSON.stringify({ port: 0, token, limits: 'off', dataDir: telegramFolder, people }),
  );
  const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
  const store = startNode({
    program: require.resolve('embedded-mongo/cli'),
    args: [join(folder, 'store'), join(folder, 's.sock')],
    onLine,
  });
  const telegram = startNode({
    program: require.resolve('telegram-sandbox/cli'),
    args: ['--config', sandboxFile],
    execArgv: roomy,
    onLine,
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
    stop: async (keep) => {
      await Promise.all([store.kill(), telegram.kill(), broker.stop()]);
      if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const withDatabase = (uri: string): string => uri.replace(/\/(\?|$)/, '/chaos$1');
