import Fastify, { type FastifyInstance } from 'fastify';
import { createCatalogue } from './api/catalogue.js';
import { createDispatch } from './api/dispatch.js';
import { createBudgets } from './budgets.js';
import { ControlError } from './errors.js';
import { createFaults, type Faults } from './faults.js';
import { botRoutes } from './http/bot-routes.js';
import { clockRoutes } from './http/clock-routes.js';
import { controlRoutes } from './http/control-routes.js';
import { createEventStream } from './http/events-route.js';
import { guardLoopback } from './http/loopback-guard.js';
import { pageRoutes } from './http/page-routes.js';
import { readOptions, type SandboxOptions } from './options.js';
import { createActions } from './people/actions.js';
import { createTestPerson, type TestPerson } from './people/test-person.js';
import type { Entry } from './state/change.js';
import { openFileBytes } from './state/file-bytes.js';
import { openStore, type Store } from './state/store.js';
import { createTour } from './tour.js';
import { createPolling } from './updates/polling.js';
import { startWebhookSender, type WebhookHealth } from './updates/webhook.js';
import type { Update } from './wire.js';

export type JournalEntry = Omit<Entry, 'changes' | 'by'>;

export type Sandbox = {
  /** The web page. */
  readonly url: string;
  /** For clients: telegraf takes it as telegram.apiRoot. */
  readonly apiRoot: string;
  person(id: number): TestPerson;
  /** Every accepted Bot API call, oldest first. */
  journal(): readonly JournalEntry[];
  readonly faults: Faults;
  /** Updates the bot has not confirmed yet. */
  pendingUpdates(): readonly Update[];
  close(): Promise<void>;
};

const typingMs = 5_000;

const trackTyping = (store: Store): ((chatId: number) => boolean) => {
  const since = new Map<number, number>();
  store.onCommit(({ at, changes }) => {
    for (const change of changes) {
      if (change.kind === 'typing') since.set(change.chatId, at);
      if (change.kind === 'message') since.delete(change.chatId);
    }
  });
  return (chatId) => store.now() - (since.get(chatId) ?? Number.NEGATIVE_INFINITY) < typingMs;
};

const listen = async (server: FastifyInstance, host: string, port: number): Promise<string> => {
  await server.listen({ host, port });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
};

/** Starts a strict local Bot API server with its people; refuses a host that is not loopback and unknown options. */
export const startSandbox = async ({ now = Date.now, ...input }: SandboxOptions): Promise<Sandbox> => {
  const settings = readOptions(input);
  const [store, bytes] = await Promise.all([openStore(settings, now), openFileBytes(settings.dataDir)]);
  const faults = createFaults(now);
  const budgets = createBudgets(settings.limits, now);
  const actions = createActions(store, bytes);
  const polling = createPolling(store);
  const events = createEventStream(store);
  const tour = createTour(settings.tour, store);
  tour.onDone((done) => events.broadcast('tour', { done }));
  const health = { read: (): WebhookHealth => ({}) };
  const dispatch = createDispatch({
    store,
    bytes,
    budgets,
    catalogue: createCatalogue(() => health.read()),
  });

  const runReply = async (body: string): Promise<void> => {
    try {
      const { method, ...params } = JSON.parse(body) as Record<string, unknown>;
      if (typeof method === 'string') await dispatch({ method, params, uploads: new Map() });
    } catch {
      // A webhook's answer is a favour: a call in it that fails or makes no sense reports to nobody, as at Telegram.
    }
  };

  const server = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  guardLoopback(server);
  await server.register(
    botRoutes({ token: settings.token, world: store.world, bytes, dispatch, polling, faults }),
  );
  const control = { settings, store, bytes, actions, faults, tour, isTyping: trackTyping(store) };
  await server.register(
    async (scope) => {
      await controlRoutes(control)(scope);
      await events.route(scope);
      await clockRoutes({ programUrl: settings.programUrl, events, store })(scope);
    },
    { prefix: '/sandbox' },
  );
  await server.register(pageRoutes);
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ ok: false, error_code: 404, description: 'Not Found' }),
  );
  const url = await listen(server, settings.host, settings.port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const webhook = startWebhookSender({ store, faults, runReply });
  health.read = webhook.health;

  const people = new Map<number, TestPerson>();
  return {
    url,
    apiRoot: url,
    faults,
    person: (id) => {
      const profile = settings.people.find((person) => person.id === id);
      if (!profile) throw new ControlError(404, `nobody with id ${id} plays here`);
      const person = people.get(id) ?? createTestPerson({ store, actions, profile });
      people.set(id, person);
      return person;
    },
    journal: () =>
      store
        .entries()
        .filter(({ by }) => by === 'bot')
        .map(({ changes: _changes, by: _by, ...entry }) => entry),
    pendingUpdates: () => store.world.pending.map(({ update }) => update),
    close: async () => {
      polling.stop();
      events.close();
      await webhook.stop();
      await server.close();
      await store.close();
    },
  };
};
