import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { createQueues, createWake } from '../jobs/queues.js';
import { createTicks } from '../jobs/ticks.js';
import { createWorkers } from '../jobs/workers.js';
import { createActions } from './actions/index.js';
import { deliverTo } from './actions/deliver-next.js';
import { relayCase } from './actions/relay-case.js';
import { scheduleNames, type ScheduleName } from './actions/run-schedules.js';
import type { ActionDeps } from './actions/deps.js';
import type { OrganisationFile } from './organisation/organisation-file.js';
import { createBackground } from './background.js';
import { createClock } from './clock.js';
import type { Config } from './config.js';
import type { CrashPoint } from './crash-point.js';
import { createHttp } from './http/server.js';
import type { Log } from './log.js';
import { createMetrics } from './metrics.js';
import { createQueries } from './queries/index.js';
import { createRuleBook } from './queries/rule-book.js';
import type { RedisAddress } from './redis-address.js';
import { createSeal } from './seal.js';
import { createSegmenter } from './segment.js';
import { ensureIndexes, isConnected } from './store/connect.js';
import { createInbox } from './store/inbox.js';
import { createStore } from './store/index.js';
import { createDownload } from './telegram/download.js';
import { createGateway, type Budgets } from './telegram/gateway.js';
import { answerPress, createMessenger, setMenu } from './telegram/messenger.js';
import { createPressCodec } from './telegram/press-codec.js';
import { catalogs } from './text/catalog.js';
import { createWayIn } from './way-in.js';

/** What the program runs on: given by the starter, or by a test. */
export interface AppDeps {
  readonly config: Pick<
    Config,
    'mode' | 'role' | 'webhookUrl' | 'webhookSecret' | 'timeZone' | 'timeTravel' | 'sendMode'
  >;
  readonly connection: Connection;
  readonly redis: Redis;
  readonly redisAddress: RedisAddress;
  readonly redisPrefix: string;
  readonly botToken: string;
  readonly apiRoot: string;
  readonly dataKey: Buffer;
  readonly budgets: Budgets | 'off';
  readonly log: Log;
  /** What comes round by itself; everything unless told. */
  readonly schedules?: readonly ScheduleName[];
  /** Told at every boundary at which a process may die; nobody listens unless a judge does. */
  readonly crashPoint?: CrashPoint;
  /** Shorter leases for whoever cannot wait; the usual ones unless told. */
  readonly leases?: { readonly laneMs: number; readonly deliveryMs: number };
}

export interface App {
  readonly http: FastifyInstance;
  /** Creates indexes, imports the organisation, asks Telegram who the bot is, then lets updates, jobs and ticks in. */
  readonly start: (organisation?: OrganisationFile) => Promise<void>;
  /** Stops intake, lanes, ticks and workers in this order, then waits for what is under way. */
  readonly stop: () => Promise<void>;
}

const stopLimitMs = 10_000;
const shownWakes = 3;

/** Builds everything and starts nothing (design §1). */
export function createApp(deps: AppDeps): App {
  const { config, connection, log, botToken } = deps;
  const seal = createSeal({ dataKey: deps.dataKey });
  const crashPoint = deps.crashPoint ?? (() => undefined);
  const store = createStore(connection, seal, { deliveryLeaseMs: deps.leases?.deliveryMs });
  const clock = createClock(config.timeTravel ? store.businessTime : undefined);
  const rules = createRuleBook(store, config.timeZone);
  const segmenter = createSegmenter();
  const background = createBackground(log);
  const metrics = createMetrics();

  const queues = createQueues({ address: deps.redisAddress, prefix: deps.redisPrefix, log, crashPoint });
  const wake = createWake(queues, async (caseId) => await relayCase(actionDeps)(caseId), background.track);
  const download: ActionDeps['download'] = async (fileId, mostBytes) =>
    await createDownload({ gateway, apiRoot: deps.apiRoot, token: botToken })(fileId, mostBytes);
  const actionDeps: ActionDeps = {
    store,
    rules,
    clock,
    seal,
    segmenter,
    wake,
    download,
    log,
    crashPoint,
  };
  const actions = createActions(actionDeps);
  const queries = createQueries({ store, rules, clock, segmenter });

  const gateway = createGateway({
    token: botToken,
    apiRoot: deps.apiRoot,
    redis: deps.redis,
    limits: deps.budgets,
    log,
    onCall: metrics.countCall,
    onWritten: () => crashPoint('request-written'),
  });
  const codec = createPressCodec(seal);
  const messenger = createMessenger(gateway, codec);
  const deliver = deliverTo({
    store,
    queries,
    messenger,
    clock,
    timeZone: config.timeZone,
    sendMode: config.sendMode,
    crashPoint,
    log,
  });

  const inbox = createInbox(connection, seal);
  const deadLetters = async (): Promise<number> => (await inbox.count()).dead;
  const webhook =
    config.mode === 'webhook' && config.webhookUrl !== undefined && config.webhookSecret !== undefined
      ? { url: config.webhookUrl, secret: config.webhookSecret }
      : undefined;
  const wayIn = createWayIn({
    actions,
    queries,
    clock,
    timeZone: config.timeZone,
    deadLetters,
    messenger,
    codec,
    token: botToken,
    connection,
    inbox,
    gateway,
    webhook,
    countUpdate: metrics.countUpdate,
    crashPoint,
    laneLeaseMs: deps.leases?.laneMs,
    log,
    answerPress: async (queryId, line) => await answerPress(gateway, queryId, line),
    setMenu: async (person, names, language) =>
      await setMenu(
        gateway,
        person,
        names.map((command) => ({ command, description: catalogs[language].help.commands[command] })),
      ),
  });

  const workers = createWorkers(
    { address: deps.redisAddress, prefix: deps.redisPrefix, log },
    {
      route: async ({ caseId }) => await actions.routeCase(caseId),
      deliver: async ({ personId }) => await deliver(personId),
      sweep: async () => void (await actions.sweep()),
    },
  );
  const ticks = createTicks(queues, { sweepHere: async () => void (await actions.sweep()), log });

  const receivesUpdates = config.role !== 'worker';
  const doesJobs = config.role !== 'bot';
  const http = createHttp({
    log,
    metrics: metrics.registry,
    readiness: async () => {
      const checks = {
        store: isConnected(connection) ? 'ok' : 'away',
        redis: deps.redis.status === 'ready' ? 'ok' : 'away',
        telegram: gateway.authorized() ? 'ok' : 'unauthorized',
        updates: receivesUpdates ? wayIn.state() : 'elsewhere',
      };
      const ready =
        checks.store === 'ok' &&
        checks.redis === 'ok' &&
        checks.telegram === 'ok' &&
        checks.updates !== 'starting';
      return { ready, checks };
    },
    ...(webhook && receivesUpdates
      ? {
          webhook: {
            path: new URL(webhook.url).pathname,
            secret: webhook.secret,
            accept: wayIn.accept,
          },
        }
      : {}),
    ...(config.timeTravel
      ? {
          dev: {
            moveClock: async (move) => {
              const now = await actions.moveClock(move);
              await background.idle();
              return { now };
            },
            state: async () => {
              await clock.refresh();
              return {
                now: clock.now(),
                ...(await queries.counts()),
                deadLetters: await deadLetters(),
                next: await queries.nextWakes(shownWakes),
                timeZone: config.timeZone,
              };
            },
          },
        }
      : {}),
  });

  return {
    http,
    async start(organisation) {
      await ensureIndexes(connection);
      if (organisation) await actions.importOrganisation(organisation);
      await clock.refresh();
      await rules.begin(clock.now());
      await actions.startSchedules(deps.schedules ?? scheduleNames);
      await wayIn.introduce();
      if (doesJobs) {
        workers.start();
        ticks.start();
      }
      if (receivesUpdates) await wayIn.start();
    },
    async stop() {
      await wayIn.stopIntake();
      await http.close();
      await wayIn.stopLanes(stopLimitMs);
      await ticks.stop();
      await workers.stop(stopLimitMs);
      await background.idle();
      await queues.close();
      gateway.close();
    },
  };
}
