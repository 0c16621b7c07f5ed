/** A whole channel for one test: the program against a sandbox of its own, with the run's redis-server and store. */
import { readFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { startSandbox, type Sandbox, type TestPerson } from 'telegram-sandbox';
import { createApp, type App, type AppDeps } from '../../src/app.js';
import { createLog } from '../../src/log.js';
import { readOrganisation, type OrganisationFile } from '../../src/organisation/organisation-file.js';
import { connectStore, type Connection } from '../../src/store/connect.js';
import { openKeys, type Keys } from '../../src/store/keys.js';
import type { MasterKeys } from '../../src/store/wrapped-keys.js';
import { createPressCodec, type PressCodec } from '../../src/telegram/press-codec.js';
import { openFanOut } from './fan-out.js';
import { freePort } from './free-port.js';
import { freshServices, type TestServices } from './services.js';

const token = '7001:sandbox-token-for-tests-0123456789abcdef';
/** The operator's key unless a test gives another. */
export const usualMasterKeys: MasterKeys = { current: Buffer.alloc(32, 7) };

export interface ChannelOptions {
  readonly mode?: 'polling' | 'webhook';
  readonly sendMode?: 'two-phase' | 'single';
  /** What comes round by itself; nothing unless told, so that a conversation is not interrupted by the morning. */
  readonly schedules?: AppDeps['schedules'];
  /** More replicas of the program, which do jobs and sweep but receive no updates. */
  readonly workers?: number;
  /** Over a webhook: so many replicas receive updates, each update so many times, dealt out in turn. */
  readonly spread?: { readonly replicas: number; readonly copies: number };
  /** A store of the test's own in place of the run's. */
  readonly mongoUri?: string;
  /** A redis-server of the test's own in place of the run's. */
  readonly redis?: TestServices['redis'];
  /** People beside the cast. */
  readonly others?: readonly { readonly id: number; readonly firstName: string; readonly username: string }[];
  /** Hears every line of the log, down to the finest; without it only errors are written. */
  readonly onLog?: (line: string) => void;
  /** Where heads of the audit chain go. */
  readonly anchorFile?: string;
  /** Messages of one person that are read in a minute; all of them unless told. */
  readonly messagesPerMinute?: number;
  /** Told at every boundary at which a process may die. */
  readonly crashPoint?: AppDeps['crashPoint'];
  /** Stands between the program and the sandbox: takes where the Bot API answers, gives where the program calls. */
  readonly door?: (apiRoot: string) => Promise<string>;
  /** Changes the sample organisation before it is imported. */
  readonly organisation?: (file: OrganisationFile) => OrganisationFile;
}

export interface Channel {
  readonly sandbox: Sandbox;
  /** A person of the sample organisation by Telegram id, or anybody else. */
  readonly person: (telegramId: number) => TestPerson;
  readonly advance: (duration: string) => Promise<Date>;
  readonly advanceWorking: (duration: string) => Promise<Date>;
  readonly jump: (duration: string) => Promise<Date>;
  readonly state: () => Promise<DevState>;
  /** Ends it and starts it again with another organisation file. */
  readonly reorganise: (change: (file: OrganisationFile) => OrganisationFile) => Promise<void>;
  /** Ends the program in order and starts it again on the same data, with other keys where they are given; what happens meanwhile is the test's. */
  readonly restart: (
    masterKeys?: MasterKeys,
    meanwhile?: (store: Connection) => Promise<void>,
  ) => Promise<void>;
  /** Where each replica listens; the first one receives the updates. */
  readonly replicas: readonly string[];
  readonly redisPrefix: string;
  readonly connection: () => Connection;
  /** Where the program answers over HTTP. */
  readonly url: () => string;
  /** Draws the data of any button for anybody, checked with the program's own key: more than a forger can. */
  readonly drawPress: PressCodec['encode'];
  readonly services: TestServices;
  readonly stop: () => Promise<void>;
}

export interface DevState {
  readonly now: string;
  readonly cases: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly deadLetters: number;
}

/** The people of the sample organisation that conversations are about. */
export const cast = {
  owner: 1001,
  englishOwner: 1002,
  passerBy: 1999,
  head: 2001,
  officer: 2002,
  colleague: 2003,
  housingHead: 2011,
  housingOfficer: 2012,
  enforcementHead: 2021,
  enforcementOfficer: 2022,
  /** Officer of the Development Bureau and contact of an enterprise. */
  twoRoles: 2033,
  duty: 3001,
  secondDuty: 3005,
  supervisor: 3002,
  leader: 3003,
  auditor: 3004,
  admin: 3009,
} as const;

const englishSpeakers: readonly number[] = [cast.englishOwner];

interface Running {
  readonly app: App;
  readonly connection: Connection;
  readonly keys: Keys;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export async function startChannel(options: ChannelOptions = {}): Promise<Channel> {
  const fresh = freshServices();
  const services: TestServices = {
    ...fresh,
    redis: options.redis ?? fresh.redis,
    mongoUri: options.mongoUri ?? fresh.mongoUri,
  };
  const spread = options.spread && (await openFanOut(options.spread.copies));
  const sandbox = await startSandbox({
    port: 0,
    token,
    limits: 'off',
    people: [
      ...[...new Set(Object.values(cast))].map((id) => ({ id, firstName: `P${id}` })),
      ...(options.others ?? []),
    ].map(({ id, ...name }) => ({
      id,
      ...name,
      languageCode: englishSpeakers.includes(id) ? ('en' as const) : ('zh-hans' as const),
      label: { zh: String(id), en: String(id) },
      group: { zh: '测试', en: 'Test' },
    })),
  });
  const sample = readOrganisation(await readFile('config/sample-organisation.json', 'utf8')).file;
  const organisation = options.organisation?.(sample) ?? sample;
  const apiRoot = (await options.door?.(sandbox.apiRoot)) ?? sandbox.apiRoot;
  const given: Given = { options, services, apiRoot, organisation, webhookUrl: spread?.url };
  let running = await run(given);
  const workers: Running[] = [];
  for (let i = 1; i < (options.spread?.replicas ?? 0); i++) workers.push(await run(given));
  spread?.serve([running, ...workers].map(({ url }) => url));
  for (let i = 0; i < (options.workers ?? 0); i++) workers.push(await run({ ...given, role: 'worker' }));

  const move = async (body: Record<string, string>): Promise<Date> => {
    const response = await fetch(`${running.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the clock refused: ${await response.text()}`);
    return new Date(((await response.json()) as { now: string }).now);
  };

  return {
    sandbox,
    person: (telegramId) => sandbox.person(telegramId),
    advance: (duration) => move({ advance: duration }),
    advanceWorking: (duration) => move({ advanceWorking: duration }),
    jump: (duration) => move({ jump: duration }),
    state: async () => (await (await fetch(`${running.url}/dev/state`)).json()) as DevState,
    reorganise: async (change) => {
      await running.stop();
      running = await run({ ...given, organisation: change(given.organisation) });
    },
    restart: async (masterKeys, meanwhile) => {
      await running.stop();
      if (meanwhile) {
        const connection = await connectStore(services.mongoUri, { log: createLog('error') });
        await meanwhile(connection);
        await connection.close();
      }
      running = await run({ ...given, masterKeys });
    },
    replicas: [running, ...workers].map(({ url }) => url),
    redisPrefix: services.redisPrefix,
    connection: () => running.connection,
    url: () => running.url,
    services,
    drawPress: (press, telegramId) => createPressCodec(running.keys.seal).encode(press, telegramId),
    stop: async () => {
      for (const replica of [running, ...workers]) await replica.stop();
      await spread?.close();
      await sandbox.close();
    },
  };
}

interface Given {
  readonly options: ChannelOptions;
  readonly services: TestServices;
  readonly apiRoot: string;
  readonly organisation: OrganisationFile;
  readonly masterKeys?: MasterKeys | undefined;
  readonly role?: 'worker';
  /** Where Telegram delivers, when that is not the program itself. */
  readonly webhookUrl: string | undefined;
}

async function run(given: Given): Promise<Running> {
  const { options, services, apiRoot, organisation, masterKeys, role } = given;
  const { onLog } = options;
  const log = onLog ? createLog('debug', { write: onLog }) : createLog('error');
  const connection = await connectStore(services.mongoUri, { log });
  const keys = await openKeys(connection, masterKeys ?? usualMasterKeys);
  const redis = new Redis({ ...services.redis, maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  const hooked = options.mode === 'webhook' || given.webhookUrl !== undefined;
  const port = hooked ? await freePort() : 0;
  const config: AppDeps['config'] = {
    mode: hooked ? 'webhook' : 'polling',
    role: role ?? 'all',
    webhookUrl: hooked ? (given.webhookUrl ?? `http://127.0.0.1:${port}/telegram/updates`) : undefined,
    webhookSecret: hooked ? 'a-secret-of-the-tests' : undefined,
    timeZone: 'Asia/Shanghai',
    timeTravel: true,
    sendMode: options.sendMode ?? 'two-phase',
  };
  const app = createApp({
    config,
    connection,
    redis,
    redisAddress: services.redis,
    redisPrefix: services.redisPrefix,
    botToken: token,
    apiRoot,
    keys,
    ...(options.anchorFile === undefined ? {} : { anchorFile: options.anchorFile }),
    budgets: 'off',
    log,
    schedules: options.schedules ?? [],
    messagesPerMinute: options.messagesPerMinute ?? Number.POSITIVE_INFINITY,
    ...(options.crashPoint ? { crashPoint: options.crashPoint } : {}),
  });
  const url = await app.http.listen({ host: '127.0.0.1', port });
  await app.start(role === 'worker' ? undefined : organisation);
  return {
    app,
    connection,
    keys,
    url,
    stop: async () => {
      await app.stop();
      redis.disconnect();
      await connection.close();
    },
  };
}
