/** One replica of the program as a process of its own: the real program on given services, with its death built in. */
import { readFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { createApp } from '../src/app.js';
import { createLog } from '../src/log.js';
import { readOrganisation } from '../src/organisation/organisation-file.js';
import { parseRedisUrl, quickLine } from '../src/redis-address.js';
import { connectStore } from '../src/store/connect.js';
import { openKeys } from '../src/store/keys.js';
import { crashingAt, type CrashAt } from './crash-at.js';

/** What the judge tells a replica on its command line. */
export interface ReplicaOrder {
  readonly mongoUri: string;
  readonly redisUrl: string;
  readonly apiRoot: string;
  readonly token: string;
  /** Base64. */
  readonly dataKey: string;
  readonly leases: { readonly laneMs: number; readonly deliveryMs: number };
  /** Imported at the start; a replica that comes back has it in the store. */
  readonly organisationFile?: string;
  readonly crashAt?: CrashAt;
}

const order = JSON.parse(process.argv[2] ?? '{}') as ReplicaOrder;
// The judge is gone: nobody would ever end this process.
process.on('disconnect', () => process.exit(0));

const log = createLog('warn');
process.on('unhandledRejection', (error) => log.error('a promise was rejected and nobody cared', { error }));
const connection = await connectStore(order.mongoUri, { log });
const keys = await openKeys(connection, { current: Buffer.from(order.dataKey, 'base64') });
const redisAddress = parseRedisUrl(order.redisUrl);
const redis = new Redis({ ...redisAddress, ...quickLine });
redis.on('error', (error) => log.debug('Redis reported an error', { error }));
const app = createApp({
  config: {
    mode: 'polling',
    role: 'all',
    webhookUrl: undefined,
    webhookSecret: undefined,
    timeZone: 'Asia/Shanghai',
    timeTravel: true,
    sendMode: 'two-phase',
  },
  connection,
  redis,
  redisAddress,
  redisPrefix: 'chaos',
  botToken: order.token,
  apiRoot: order.apiRoot,
  keys,
  // The judge looks at what is told, not at how fast Telegram would let it through.
  budgets: 'off',
  messagesPerMinute: Number.POSITIVE_INFINITY,
  log,
  leases: order.leases,
  ...(order.crashAt ? { crashPoint: crashingAt(order.crashAt) } : {}),
});
const url = await app.http.listen({ host: '127.0.0.1', port: 0 });
const { organisationFile } = order;
await app.start(
  organisationFile === undefined
    ? undefined
    : readOrganisation(await readFile(organisationFile, 'utf8')).file,
);
process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
