/** The program as a process of its own on given services. */
import { Redis } from 'ioredis';
import { createApp } from '../src/app.js';
import { createLog } from '../src/log.js';
import type { OrganisationFile } from '../src/organisation/organisation-file.js';
import { connectStore } from '../src/store/connect.js';
import { openKeys } from '../src/store/keys.js';
import { defaultBudgets } from '../src/telegram/gateway.js';

export interface AppOrder {
  readonly mongoUri: string;
  readonly redis: { readonly path: string; readonly password: string };
  readonly apiRoot: string;
  readonly token: string;
  readonly sendMode: 'two-phase' | 'single';
  /** Off where work is measured, not waiting. */
  readonly budgets: 'telegram' | 'off';
  readonly organisation: OrganisationFile;
}

const order = JSON.parse(process.argv[2] ?? '{}') as AppOrder;
process.on('disconnect', () => process.exit(0));
const benchKey = Buffer.alloc(32, 9);
const log = createLog('error');
const connection = await connectStore(order.mongoUri, { log });
const redis = new Redis({ ...order.redis, maxRetriesPerRequest: 1, enableOfflineQueue: false });
redis.on('error', (error) => log.debug('Redis reported an error', { error }));
const app = createApp({
  config: {
    mode: 'polling',
    role: 'all',
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
const url = await app.http.listen({ host: '127.0.0.1', port: 0 });
await app.start(order.organisation);
process.send?.(url);
