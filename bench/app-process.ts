/** The program as a process of its own on given services; it says what it has used when it is asked. */
import { Redis } from 'ioredis';
import { createApp } from '../src/app.js';
import { createLog } from '../src/log.js';
import type { OrganisationFile } from '../src/organisation/organisation-file.js';
import { quickLine, type RedisAddress } from '../src/redis-address.js';
import { connectStore } from '../src/store/connect.js';
import { openKeys } from '../src/store/keys.js';
import { defaultBudgets } from '../src/telegram/gateway.js';
import { benchKey } from './bench-key.js';
import { countCommands, type Commands } from './command-counts.js';

export interface AppOrder {
  readonly mongoUri: string;
  readonly redis: RedisAddress;
  readonly apiRoot: string;
  readonly token: string;
  readonly sendMode: 'two-phase' | 'single';
  /** Off where work is measured, not waiting. */
  readonly budgets: 'telegram' | 'off';
  /** A worker does jobs and receives no updates; everything unless told. */
  readonly role?: 'all' | 'worker';
  /** Counts what goes to the store and to Redis, which costs a little itself. */
  readonly counts?: boolean;
  /** Imported at the start; who comes later finds it in the store. */
  readonly organisation?: OrganisationFile;
}

/** What a program says of itself. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
  /** Since its start; empty unless ordered. */
  readonly commands: Commands;
}

const order = JSON.parse(process.argv[2] ?? '{}') as AppOrder;
process.on('disconnect', () => process.exit(0));
const log = createLog('error');
const counted = order.counts === true ? countCommands() : undefined;
const connection = await connectStore(counted?.watched(order.mongoUri) ?? order.mongoUri, { log });
counted?.listen(connection);
const redis = new Redis({ ...order.redis, ...quickLine });
redis.on('error', (error) => log.debug('Redis reported an error', { error }));
const app = createApp({
  config: {
    mode: 'polling',
    role: order.role ?? 'all',
    webhookUrl: undefined,
    webhookSecret: undefined,
    timeZone: 'Asia/Shanghai',
    timeTravel: true,
    sendMode: order.sendMode,
  },
  connection,
  redis,
  redisAddress: order.redis,
  redisPrefix: 'bench',
  botToken: order.token,
  apiRoot: order.apiRoot,
  keys: await openKeys(connection, { current: benchKey }),
  budgets: order.budgets === 'off' ? 'off' : defaultBudgets,
  log,
  schedules: [],
  // One person plays many people's work here: what would cut off a flood would cut off the measuring.
  messagesPerMinute: Number.POSITIVE_INFINITY,
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = {
    cpuMs: (user + system) / 1_000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    commands: counted?.sofar() ?? {},
  };
  process.send?.({ usage });
});
const url = await app.http.listen({ host: '127.0.0.1', port: 0 });
await app.start(order.organisation);
process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
