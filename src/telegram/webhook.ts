import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { isRecord } from './api-error.js';
import type { Gateway, Sent } from './gateway.js';
import { allowedUpdates } from './intake.js';

export interface WebhookRegistration {
  /** The public address, https; its path is the route. */
  readonly url: string;
  /** 1–256 characters of `A-Za-z0-9_-`, sent back by Telegram in a header with every update. */
  readonly secret: string;
  /** Deliveries at once, 1–100. */
  readonly maxConnections?: number;
}

/** What the settings say; undefined when updates are polled for. */
export const webhookOf = ({
  mode,
  webhookUrl: url,
  webhookSecret: secret,
}: Pick<Config, 'mode' | 'webhookUrl' | 'webhookSecret'>): WebhookRegistration | undefined =>
  mode === 'webhook' && url !== undefined && secret !== undefined ? { url, secret } : undefined;

/** Tells Telegram where to deliver updates; done at every start, since it replaces what was there. */
export const registerWebhook = (
  gateway: Pick<Gateway, 'call'>,
  { url, secret, maxConnections = 40 }: WebhookRegistration,
): Promise<Sent<true>> =>
  gateway.call<true>(
    'setWebhook',
    { url, secret_token: secret, max_connections: maxConnections, allowed_updates: allowedUpdates },
    { urgency: 'notice' },
  );

/**
 * `lost`: Telegram does not know our address (any more); `unauthorized`: it refuses the token; `unreachable`: it does not say;
 * `failing`: updates wait there because it could not bring them to us lately.
 */
export type WebhookState = 'idle' | 'registered' | 'lost' | 'unauthorized' | 'unreachable' | 'failing';

export interface WebhookKeeper {
  /** Resolves when Telegram has taken the address; from then on it is looked after. Every replica may do so. */
  start(): Promise<void>;
  state(): WebhookState;
  /** Milliseconds since Telegram last answered whether it knows the address. */
  silentMs(): number;
  stop(): Promise<void>;
}

export interface WebhookKeeperOptions {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly webhook: WebhookRegistration;
  readonly log: Log;
  readonly askAgainMs?: number;
  /** How often Telegram is asked whether it still knows the address. */
  readonly checkMs?: number;
}

/** What failed earlier is over: Telegram tries again in pauses that are shorter, and keeps the time of its last failure for ever. */
const lateFailureMs = 5 * 60_000;

/** Without a webhook nothing comes in: it is asked for until Telegram takes it, and again when somebody took it away. */
export const createWebhookKeeper = (options: WebhookKeeperOptions): WebhookKeeper => {
  const { gateway, webhook, log, askAgainMs = 2_000, checkMs = 60_000 } = options;
  const ending = new AbortController();
  const { signal } = ending;
  let state: WebhookState = 'idle';
  let heardAt = performance.now();
  let watching: Promise<void> | undefined;

  const wait = async (ms: number): Promise<void> =>
    await sleep(ms, undefined, { signal }).catch(() => undefined);

  const register = async (): Promise<void> => {
    while (!signal.aborted) {
      const set = await registerWebhook(gateway, webhook);
      if (set.ok) {
        state = 'registered';
        heardAt = performance.now();
        return;
      }
      const { class: reason, code, retryAfterMs = 0 } = set.error;
      state = reason === 'unauthorized' ? 'unauthorized' : 'lost';
      log.warn('Telegram did not take the webhook; asking again', { reason, code });
      await wait(Math.max(askAgainMs, retryAfterMs));
    }
  };

  const look = async (): Promise<WebhookState> => {
    const info = await gateway.call('getWebhookInfo', {}, { urgency: 'notice', signal });
    // Whoever is not reached now has not forgotten the address; a refused token is mended by asking again.
    if (!info.ok) return info.error.class === 'unauthorized' ? 'lost' : 'unreachable';
    heardAt = performance.now();
    if (!isRecord(info.result) || info.result['url'] !== webhook.url) return 'lost';
    const { pending_update_count: waiting, last_error_date: failedAt } = info.result;
    const failsNow = typeof failedAt === 'number' && failedAt * 1_000 > Date.now() - lateFailureMs;
    return failsNow && typeof waiting === 'number' && waiting > 0 ? 'failing' : 'registered';
  };

  const watch = async (): Promise<void> => {
    for (;;) {
      await wait(checkMs);
      if (signal.aborted) return;
      const seen = await look();
      if (seen !== state) log.warn('the webhook is seen anew', { state: seen });
      state = seen;
      if (seen !== 'lost') continue;
      log.warn('Telegram does not know the webhook any more; it is registered again');
      await register();
    }
  };

  return {
    async start() {
      await register();
      watching ??= watch().catch((error: unknown) =>
        log.error('nobody looks after the webhook any more', { error }),
      );
    },
    state: () => state,
    silentMs: () => performance.now() - heardAt,
    async stop() {
      ending.abort();
      await watching;
    },
  };
};
