/** The way in without the program behind it: Telegram, a store, and lanes that write down what reaches the handlers. */
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { createHttp } from '../../src/http/server.js';
import type { Incoming } from '../../src/store/inbox.js';
import { createIntake } from '../../src/telegram/intake.js';
import type { LanesOptions } from '../../src/telegram/lanes.js';
import { createLeadership } from '../../src/telegram/leadership.js';
import { createPoller, type PollerOptions } from '../../src/telegram/poller.js';
import { registerWebhook } from '../../src/telegram/webhook.js';
import { botId, openIntakeStore, quiet } from './intake-store.js';
import { openTelegram } from './intake-telegram.js';

export type WayInWorld = Awaited<ReturnType<typeof openWayIn>>;

const textOf: LanesOptions['handle'] extends (update: infer U, ...rest: never[]) => unknown
  ? (update: U) => string
  : never = (update) => ('message' in update && 'text' in update.message ? update.message.text : '?');

/** `state.away` plays a store that refuses to insert; `leaseMs` is that of lanes and of the lead. */
export const openWayIn = async ({
  leaseMs,
  mostWaiting,
  before = () => Promise.resolve(),
}: {
  readonly leaseMs?: number;
  readonly mostWaiting?: number;
  /** Called before an update counts as handled. */
  readonly before?: () => Promise<void>;
} = {}) => {
  const closing: (() => unknown)[] = [];
  const store = await openIntakeStore(leaseMs === undefined ? {} : { leaseMs });
  closing.push(store.close);
  const telegram = await openTelegram();
  closing.push(telegram.close);
  await telegram.everybodyStarts();
  const gateway = telegram.openGateway();
  const handled: string[] = [];
  const state = { away: false, refused: 0 };
  const inbox = {
    insert: (bot: number, incoming: readonly Incoming[]) => {
      if (!state.away) return store.inbox.insert(bot, incoming);
      state.refused += 1;
      return Promise.reject(new Error('the store is away'));
    },
    countWaiting: store.inbox.countWaiting,
  };
  const lanes = store.startLanes(store, {
    handle: async (update) => {
      await before();
      handled.push(textOf(update));
    },
  });
  const intake = createIntake({
    inbox,
    botId,
    kick: lanes.kick,
    ...(mostWaiting === undefined ? {} : { mostWaiting }),
  });
  return {
    ...telegram,
    store,
    gateway,
    handled,
    state,
    lanes,
    intake,
    startPoller(options: Partial<PollerOptions> = {}) {
      const leadership = createLeadership({ leases: store.leases, log: quiet });
      const poller = createPoller({
        gateway,
        intake,
        leadership,
        log: quiet,
        holdSeconds: 5,
        pausesMs: [10],
        ...options,
      });
      closing.push(() => poller.stop());
      poller.start();
      return poller;
    },
    async openHook() {
      const secret = 'hook-secret';
      const http = createHttp({
        readiness: () => Promise.resolve({ ready: true, checks: {}, figures: {} }),
        metrics: new Registry(),
        webhook: {
          path: '/hook',
          secret,
          accept: (update) => intake.accept([update]),
          isFull: intake.isFull,
        },
        log: quiet,
      });
      closing.push(() => http.close());
      await http.listen({ port: 0, host: '127.0.0.1' });
      const { port } = http.server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/hook`;
      return { url, secret, registered: await registerWebhook(gateway, { url, secret }) };
    },
    async close() {
      for (const close of closing.splice(0).reverse()) await close();
    },
  };
};
