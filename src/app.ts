import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { createQueues, createWake } from '../jobs/queues.js';
import { createTicks } from '../jobs/ticks.js';
import { createWorkers } from '../jobs/workers.js';
import { createActions } from './actions/index.js';
import { createAuditNotes } from './actions/note-audit.js';
import { relayCase } from './actions/relay-case.js';
import { scheduleNames, type ScheduleName } from './actions/run-schedules.js';
import type { ActionDeps } from './actions/deps.js';
import type { OrganisationFile } from './organisation/organisation-file.js';
import { keepAnchor } from './anchor-file.js';
import { createBackground } from './background.js';
import { createClock } from './clock.js';
import type { Config } from './config.js';
import type { CrashPoint } from './crash-point.js';
import { createHttpSide } from './http-side.js';
import type { Log } from './log.js';
import { createLoopLag } from './loop-lag.js';
import { createMetrics } from './metrics.js';
import { createQueries } from './queries/index.js';
import { createRuleBook } from './queries/rule-book.js';
import type { RedisAddress } from './redis-address.js';
import { createSegmenter } from './segment.js';
import { ensureIndexes, pingStore } from './store/connect.js';
import { createStore } from './store/index.js';
import type { Keys } from './store/keys.js';
import { stopInOrder } from './stop-in-order.js';
import { createSweeping } from './sweeping.js';
import { createDownload, createPeek } from './telegram/download.js';
import { createGateway, type Budgets } from './telegram/gateway.js';
import { answerPress, createMessenger, setMenu } from './telegram/messenger.js';
import { createPressCodec } from './telegram/press-codec.js';
import { webhookOf } from './telegram/webhook.js';
import { catalogs } from './text/catalog.js';
import { createVitals } from './vitals.js';
import { createWayIn } from './way-in.js';
import { createWayOut } from './way-out.js';

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
  readonly keys: Keys;
  /** Where heads of the audit chain are written, apart from the store; only into the chats without. */
  readonly anchorFile?: string;
  readonly budgets: Budgets | 'off';
  readonly log: Log;
  /** What comes round by itself; everything unless told. */
  readonly schedules?: readonly ScheduleName[];
  /** Told at every boundary at which a process may die; nobody listens unless a judge does. */
  readonly crashPoint?: CrashPoint;
  /** Messages of one person that are read in a minute; the usual number unless told. */
  readonly messagesPerMinute?: number;
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

/** Leaves the starter a few seconds of the 25 for what the program runs on. */
const stopLimitMs = 20_000;

/** Builds everything and starts nothing (design §1). */
export function createApp(deps: AppDeps): App {
  const { config, connection, log, botToken } = deps;
  const { seal } = deps.keys;
  const crashPoint = deps.crashPoint ?? (() => undefined);
  const store = createStore(connection, deps.keys, {
    deliveryLeaseMs: deps.leases?.deliveryMs,
    now: () => clock.now(),
  });
  const clock = createClock({
    storeTime: store.businessTime.storeTime,
    ...(config.timeTravel ? { offsetMs: store.businessTime.offsetMs } : {}),
  });
  const rules = createRuleBook(store, config.timeZone);
  const segmenter = createSegmenter();
  const background = createBackground(log);
  const metrics = createMetrics(async () => await vitals());
  const lag = createLoopLag();

  const queues = createQueues({ address: deps.redisAddress, prefix: deps.redisPrefix, log, crashPoint });
  const wake = createWake(
    queues,
    {
      relay: async (caseId) => await relayCase(actionDeps)(caseId),
      route: async (caseId) => await actions.routeCase(caseId),
      deliver: async (personId) => await deliver(personId),
    },
    background.track,
  );
  const download: ActionDeps['download'] = async (fileId, mostBytes) =>
    await createDownload({ gateway, apiRoot: deps.apiRoot, token: botToken })(fileId, mostBytes);
  const peek: ActionDeps['peek'] = async (fileId, mostBytes) =>
    await createPeek({ gateway, apiRoot: deps.apiRoot, token: botToken })(fileId, mostBytes);
  const actionDeps: ActionDeps = {
    keepAnchor: async (anchor) => {
      if (deps.anchorFile !== undefined) await keepAnchor(deps.anchorFile, anchor);
    },
    store,
    rules,
    clock,
    seal,
    segmenter,
    wake,
    download,
    peek,
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
  const auditNotes = createAuditNotes({ store, clock, track: background.track });
  const codec = createPressCodec(seal);
  const messenger = createMessenger(gateway, codec);
  const { timeZone, sendMode } = config;
  const deliver = createWayOut({ ...actionDeps, queries, messenger, auditNotes, timeZone, sendMode });

  const webhook = webhookOf(config);
  const wayIn = createWayIn({
    actions,
    queries,
    clock,
    timeZone: config.timeZone,
    messenger,
    auditNotes,
    codec,
    token: botToken,
    connection,
    inbox: store.inbox,
    gateway,
    webhook,
    countUpdates: metrics.countUpdates,
    crashPoint,
    messagesPerMinute: deps.messagesPerMinute,
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

  const { sweep, ...sweeps } = createSweeping(actions, metrics);
  const workers = createWorkers(
    { address: deps.redisAddress, prefix: deps.redisPrefix, log },
    {
      route: async ({ caseId }) => await actions.routeCase(caseId),
      deliver: async ({ personId }) => await deliver(personId),
      sweep,
    },
  );
  const ticks = createTicks(queues, { sweepHere: sweep, log });

  const receivesUpdates = config.role !== 'worker';
  const doesJobs = config.role !== 'bot';
  const vitals = createVitals({
    pingStore: async () => await pingStore(connection),
    pingRedis: async () => await deps.redis.ping(),
    authorized: () => gateway.authorized(),
    updates: () => (receivesUpdates ? wayIn.health() : undefined),
    inbox: async () => await store.inbox.count(),
    deliveries: async () => await store.deliveryHealth.counts(),
    queues: async () => await queues.depths(),
    sweepSilentMs: () => sweeps.silentMs(),
    loopLagMs: () => lag.worstMs(),
  });
  const dev = { actions, queries, background, clock, timeZone: config.timeZone };
  const http = createHttpSide({
    vitals,
    metrics: metrics.registry,
    webhook: receivesUpdates ? webhook : undefined,
    wayIn,
    dev: config.timeTravel ? dev : undefined,
    log,
  });

  let stopping = false;
  return {
    http,
    async start(organisation) {
      lag.start();
      await ensureIndexes(connection);
      if (organisation) await actions.importOrganisation(organisation);
      await clock.refresh();
      await rules.begin(clock.now());
      await actions.startSchedules(deps.schedules ?? scheduleNames);
      await wayIn.introduce();
      if (doesJobs && !stopping) {
        sweeps.begin();
        workers.start();
        ticks.start();
      }
      if (receivesUpdates) await wayIn.start();
    },
    async stop() {
      stopping = true;
      await stopInOrder(
        [
          { service: 'intake', limitMs: 3_000, stop: async () => await wayIn.stopIntake() },
          { service: 'http', limitMs: 2_000, stop: async () => await http.close() },
          { service: 'lanes', limitMs: 8_000, stop: async (ms) => await wayIn.stopLanes(ms) },
          // What waits for its turn is given back before it is begun: a send that the end cuts off would be ambiguous.
          { service: 'sends', limitMs: 0, stop: () => gateway.stopWaiting() },
          { service: 'ticks', limitMs: 1_000, stop: async () => await ticks.stop() },
          { service: 'workers', limitMs: 12_000, stop: async (ms) => await workers.stop(ms) },
          { service: 'background', limitMs: 3_000, stop: async () => await background.idle() },
          { service: 'queues', limitMs: 1_000, stop: async () => await queues.close() },
        ],
        stopLimitMs,
        log,
      );
      gateway.close();
      lag.stop();
    },
  };
}
