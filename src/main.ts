#!/usr/bin/env node
/** The only starter: settings → connections → app → intake, workers, ticks → ordered shutdown (design §1). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anchorFileName } from './anchor-file.js';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { ConfigError, loadConfig, needsEmbedded, readEnvironment, type Config } from './config.js';
import { createLog, withoutSecrets, type Log } from './log.js';
import { OrganisationFileError, readOrganisation } from './organisation/organisation-file.js';
import { parseRedisUrl, quickLine, type RedisAddress } from './redis-address.js';
import { stopInOrder } from './stop-in-order.js';

const shutdownLimitMs = 25_000;

interface Foundation {
  readonly mongoUri: string;
  readonly redisAddress: RedisAddress;
  readonly botToken: string;
  readonly apiRoot: string;
  readonly dataKey: Buffer;
  readonly sandboxUrl: string | undefined;
  readonly words: readonly string[];
  readonly stop: () => Promise<void>;
}

/** What the settings name, and what has to be brought along for the rest; nothing embedded is loaded without need. */
async function layFoundation(config: Config, log: Log): Promise<Foundation> {
  const { mongodbUri, redisUrl, botToken, dataKey } = config;
  if (!needsEmbedded(config) && mongodbUri && redisUrl && botToken && dataKey) {
    return {
      mongoUri: mongodbUri,
      redisAddress: parseRedisUrl(redisUrl),
      botToken,
      apiRoot: config.telegramApiRoot,
      dataKey,
      sandboxUrl: undefined,
      words: [],
      stop: async () => {},
    };
  }
  const { startEmbedded } = await import('./embedded/index.js');
  const embedded = await startEmbedded({ config, log });
  return { ...embedded, redisAddress: embedded.redis ?? parseRedisUrl(redisUrl ?? '') };
}

async function run(config: Config, log: Log): Promise<void> {
  const organisation =
    config.orgFile === undefined ? undefined : readOrganisation(await readFile(config.orgFile, 'utf8'));
  for (const key of organisation?.unknownKeys ?? [])
    say(`The organisation file says "${key}", which this version does not know; it is left out.`);

  // What is brought along starts while the rest of the program is loaded.
  const [foundation, { createApp }, { connectStore }, { openKeys }, { defaultBudgets }] = await Promise.all([
    layFoundation(config, log),
    import('./app.js'),
    import('./store/connect.js'),
    import('./store/keys.js'),
    import('./telegram/gateway.js'),
  ]);
  const connection = await connectStore(foundation.mongoUri, { log });
  const keys = await openKeys(connection, { current: foundation.dataKey, old: config.oldDataKey });
  const redis = new Redis({ ...foundation.redisAddress, ...quickLine });
  redis.on('error', (error) => log.warn('Redis reported an error', { error }));

  const app = createApp({
    config,
    connection,
    redis,
    redisAddress: foundation.redisAddress,
    redisPrefix: 'channel',
    botToken: foundation.botToken,
    apiRoot: foundation.apiRoot,
    keys,
    anchorFile: join(config.dataDir, anchorFileName),
    budgets: defaultBudgets,
    log,
  });

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
    await stopInOrder(
      [
        { service: 'app', limitMs: 21_000, stop: async () => await app.stop() },
        { service: 'redis', limitMs: 500, stop: () => redis.disconnect() },
        { service: 'store', limitMs: 1_500, stop: async () => await connection.close() },
        { service: 'embedded', limitMs: 5_000, stop: async () => await foundation.stop() },
      ],
      shutdownLimitMs - 500,
      log,
    );
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

  await listen(app.http, config);
  await app.start(organisation?.file);
  for (const line of foundation.words) say(`· ${line}`);
  if (foundation.sandboxUrl)
    say(
      `\n  Open ${foundation.sandboxUrl} — the chat page where you play every role.\n  打开 ${foundation.sandboxUrl} — 在网页里扮演每个角色。\n`,
    );
  log.info('the channel is open', { mode: config.mode, role: config.role, port: config.port });
}

/** A port that is taken is said plainly. */
async function listen(http: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new ConfigError([
      `PORT ${port} is taken by another program; choose another one, like PORT=8090 npm start`,
    ]);
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const isForTheReader = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof OrganisationFileError ||
  // Loaded only when needed, so known by name.
  (error instanceof Error && (error.name === 'EmbeddedError' || error.name === 'KeyError'));

async function main(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) =>
    log.error('a promise was rejected and nobody cared', { error }),
  );
  // Node itself would print the whole error, and with it what somebody wrote.
  process.on('uncaughtException', (error) => {
    log.fatal('the program broke', { error });
    process.exit(1);
  });
  await run(config, log);
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    isForTheReader(error)
      ? `${error.message}\n`
      : withoutSecrets(
          `The program could not start: ${error instanceof Error ? error.stack : String(error)}\n`,
        ),
  );
  process.exit(1);
}
