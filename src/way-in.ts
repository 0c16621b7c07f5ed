import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Update, User, UserFromGetMe } from 'telegraf/types';
import { createBot, type Bot, type BotDeps } from '../handlers/bot.js';
import type { CrashPoint } from './crash-point.js';
import { Fault } from './errors.js';
import type { Log } from './log.js';
import type { Inbox } from './store/inbox.js';
import { createLaneLeases } from './store/lanes.js';
import type { Gateway } from './telegram/gateway.js';
import { createIntake, type RawUpdate } from './telegram/intake.js';
import { createLanes } from './telegram/lanes.js';
import { createPoller } from './telegram/poller.js';
import { registerWebhook, type WebhookRegistration } from './telegram/webhook.js';
import { catalogs } from './text/catalog.js';
import { plain } from './text/rich.js';
import { view } from './text/view.js';

export interface WayInDeps extends Omit<BotDeps, 'botInfo'> {
  readonly connection: Connection;
  readonly inbox: Inbox;
  readonly gateway: Gateway;
  readonly webhook: WebhookRegistration | undefined;
  readonly countUpdate: () => void;
  readonly crashPoint: CrashPoint;
  /** For how long a lane stays with a replica that no longer renews; the usual unless told. */
  readonly laneLeaseMs: number | undefined;
  readonly log: Log;
}

/** From Telegram to the handlers: poller or webhook, inbox, lanes, bot (design §2.1). */
export interface WayIn {
  readonly accept: (update: RawUpdate) => Promise<void>;
  /** Asks Telegram who the bot is until it answers; updates wait in the inbox meanwhile. */
  readonly introduce: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stopIntake: () => Promise<void>;
  readonly stopLanes: (limitMs: number) => Promise<void>;
  readonly state: () => string;
}

const askAgainMs = 2_000;

export function createWayIn(deps: WayInDeps): WayIn {
  const { gateway, inbox, log, webhook } = deps;
  let bot: Bot | undefined;
  let registered = false;
  const ending = new AbortController();

  const lanes = createLanes({
    inbox,
    leases: createLaneLeases(
      deps.connection,
      deps.laneLeaseMs === undefined ? {} : { leaseMs: deps.laneLeaseMs },
    ),
    log,
    handle: async (update, causeId) => {
      // A webhook may deliver before Telegram has said who the bot is.
      if (!bot) throw new Fault('the bot is not introduced yet');
      await bot.handle(update, causeId);
      deps.crashPoint('update-handled');
      deps.countUpdate();
    },
    onDead: async (ref, update) => await tellDead(deps, ref, update),
  });
  const botId = Number(deps.token.split(':')[0]);
  const intake = createIntake({
    inbox,
    botId,
    kick: () => {
      deps.crashPoint('update-stored');
      lanes.kick();
    },
  });
  const poller = createPoller({ gateway, intake, log });

  /** Without a webhook nothing comes in, so it is asked for until Telegram takes it; readiness shows it meanwhile. */
  const register = async (wanted: WebhookRegistration): Promise<void> => {
    while (!ending.signal.aborted) {
      const set = await registerWebhook(gateway, wanted);
      registered = set.ok;
      if (set.ok) return;
      log.warn('Telegram did not take the webhook; asking again', {
        reason: set.error.class,
        code: set.error.code,
      });
      await pause();
    }
  };
  const pause = async (): Promise<void> =>
    await sleep(askAgainMs, undefined, { signal: ending.signal }).catch(() => undefined);

  return {
    accept: async (update) => await intake.accept([update]),

    async introduce() {
      while (!bot && !ending.signal.aborted) {
        const me = await gateway.call<UserFromGetMe>('getMe', {}, { urgency: 'notice' });
        if (me.ok) bot = createBot({ ...deps, botInfo: me.result });
        else {
          log.warn('Telegram does not say who the bot is; asking again', {
            reason: me.error.class,
            code: me.error.code,
          });
          await pause();
        }
      }
    },

    async start() {
      lanes.kick();
      if (webhook) await register(webhook);
      else poller.start();
    },

    async stopIntake() {
      ending.abort();
      await poller.stop();
    },
    stopLanes: async (limitMs) => await lanes.stop(limitMs),
    state: () => {
      if (bot === undefined || (webhook && !registered)) return 'starting';
      return webhook ? 'webhook' : poller.state();
    },
  };
}

/** The person is told by which reference number to ask about what could not be handled. */
async function tellDead({ actions, messenger }: WayInDeps, ref: string, update: Update): Promise<void> {
  const from = senderOf(update);
  if (!from) return;
  const person = await actions.meet({
    telegramId: from.id,
    name: from.first_name,
    username: from.username ?? null,
  });
  const { help } = catalogs[person.language ?? 'zh'];
  await messenger.send(person, view(plain(help.deadLetter(ref))), 'answer');
}

const senderOf = (update: Update): User | undefined => {
  if ('message' in update) return update.message.from;
  return 'callback_query' in update ? update.callback_query.from : undefined;
};
