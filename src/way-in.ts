import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Update, User, UserFromGetMe } from 'telegraf/types';
import { createBot, type Bot, type BotDeps } from '../handlers/bot.js';
import { contactOf } from '../handlers/contact-of.js';
import type { CrashPoint } from './crash-point.js';
import { TelegramFault } from './errors.js';
import type { Log } from './log.js';
import type { Inbox } from './store/inbox.js';
import { createLaneLeases } from './store/lanes.js';
import type { Gateway } from './telegram/gateway.js';
import { createIntake, type RawUpdate } from './telegram/intake.js';
import { createLanes } from './telegram/lanes.js';
import type { LaneOutcome } from './telegram/lane-run.js';
import { createLeadership } from './telegram/leadership.js';
import { createPoller } from './telegram/poller.js';
import { createWebhookKeeper, type WebhookRegistration } from './telegram/webhook.js';
import { catalogs } from './text/catalog.js';
import { plain } from './text/rich.js';
import { view } from './text/view.js';

export interface WayInDeps extends Omit<BotDeps, 'botInfo'> {
  readonly connection: Connection;
  readonly inbox: Inbox;
  readonly gateway: Gateway;
  readonly webhook: WebhookRegistration | undefined;
  readonly countUpdates: (what: 'received' | LaneOutcome, count?: number) => void;
  readonly crashPoint: CrashPoint;
  /** For how long a lane stays with a replica that no longer renews; the usual unless told. */
  readonly laneLeaseMs: number | undefined;
  readonly log: Log;
}

/** How the way in is doing, for readiness and metrics. */
export interface WayInHealth {
  /** `starting` until Telegram has said who the bot is; then the poller's or the webhook's own word. */
  readonly state: string;
  /** Since when Telegram has not answered the leading poller, or whoever looks after a webhook and does not reach it; null for everybody else. */
  readonly silentMs: number | null;
  readonly lanesBusy: number;
}

/** From Telegram to the handlers: poller or webhook, inbox, lanes, bot (design §2.1). */
export interface WayIn {
  readonly accept: (update: RawUpdate) => Promise<void>;
  /** True while so much waits that nothing more is accepted. */
  readonly isFull: () => Promise<boolean>;
  /** Asks Telegram who the bot is until it answers; updates wait in the inbox meanwhile. */
  readonly introduce: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stopIntake: () => Promise<void>;
  readonly stopLanes: (limitMs: number) => Promise<void>;
  readonly health: () => WayInHealth;
}

const askAgainMs = 2_000;

export function createWayIn(deps: WayInDeps): WayIn {
  const { gateway, inbox, log, webhook, countUpdates } = deps;
  let bot: Bot | undefined;
  const ending = new AbortController();
  const leases = createLaneLeases(
    deps.connection,
    deps.laneLeaseMs === undefined ? {} : { leaseMs: deps.laneLeaseMs },
  );

  const lanes = createLanes({
    inbox,
    leases,
    log,
    handle: async (update, causeId, isOvertaken) => {
      // A webhook may deliver before Telegram has said who the bot is.
      if (!bot) throw new TelegramFault('the bot is not introduced yet', askAgainMs);
      deps.crashPoint('update-taken');
      await bot.handle(update, causeId, isOvertaken);
      deps.crashPoint('update-handled');
    },
    onDead: async (ref, update) => await tellDead(deps, ref, update),
    onOutcome: countUpdates,
  });
  const botId = Number(deps.token.split(':')[0]);
  const intake = createIntake({
    inbox,
    botId,
    kick: (stored) => {
      deps.crashPoint('update-stored');
      lanes.kick(stored);
    },
    onReceived: (count) => countUpdates('received', count),
  });
  const way = webhook
    ? createWebhookKeeper({ gateway, webhook, log })
    : createPoller({ gateway, intake, leadership: createLeadership({ leases, log }), log });

  return {
    accept: async (update) => await intake.accept([update]),
    isFull: async () => await intake.isFull(),

    async introduce() {
      while (!bot && !ending.signal.aborted) {
        const me = await gateway.call<UserFromGetMe>('getMe', {}, { urgency: 'notice' });
        if (me.ok) bot = createBot({ ...deps, botInfo: me.result });
        else {
          const { class: reason, code } = me.error;
          log.warn('Telegram does not say who the bot is; asking again', { reason, code });
          await sleep(askAgainMs, undefined, { signal: ending.signal }).catch(() => undefined);
        }
      }
    },

    async start() {
      if (ending.signal.aborted) return;
      lanes.kick();
      await way.start();
    },

    async stopIntake() {
      ending.abort();
      await way.stop();
    },
    stopLanes: async (limitMs) => await lanes.stop(limitMs),
    health: () => ({
      state: bot === undefined ? 'starting' : way.state(),
      silentMs: asksTelegram.has(way.state()) ? way.silentMs() : null,
      lanesBusy: lanes.busy(),
    }),
  };
}

/** States in which this replica is the one that asks Telegram for updates, or whether it brings them. */
const asksTelegram: ReadonlySet<string> = new Set(['polling', 'conflict', 'unreachable']);

/** The person is told by which reference number to ask about what could not be handled. */
async function tellDead({ actions, messenger, log }: WayInDeps, ref: string, update: Update): Promise<void> {
  const from = senderOf(update);
  if (!from) return;
  const person = await actions.meet(contactOf(from));
  const { help } = catalogs[person.language ?? 'zh'];
  const { kind } = await messenger.send(person, view(plain(help.deadLetter(ref))), 'answer');
  if (kind !== 'sent') log.error('nobody could be told of an update that was set aside', { ref, kind });
}

const senderOf = (update: Update): User | undefined => {
  if ('message' in update) return update.message.from;
  return 'callback_query' in update ? update.callback_query.from : undefined;
};
