import { takesAnswer, type Faults } from '../faults.js';
import type { PendingUpdate, Webhook } from '../state/change.js';
import type { Store } from '../state/store.js';
import type { Update } from '../wire.js';

export type WebhookHealth = {
  readonly lastErrorAt?: number | undefined;
  readonly lastError?: string | undefined;
};

export type WebhookSender = { health(): WebhookHealth; pump(): void; stop(): Promise<void> };

const firstPauseMs = 250;
const longestPauseMs = 60_000;
const answerTimeoutMs = 60_000;

/** Updates with the same key go out one after the other: messages by chat, presses by person. */
const orderKey = ({ message, edited_message, callback_query }: Update): string => {
  if (callback_query) return `person ${callback_query.from.id}`;
  const chat = (message ?? edited_message)?.chat.id;
  return chat === undefined ? 'other' : `chat ${chat}`;
};

const chatOf = ({ message, edited_message, callback_query }: Update): number | undefined =>
  (message ?? edited_message ?? callback_query?.message)?.chat.id;

const beforeKinds: ReadonlySet<string> = new Set(['outage', 'dropBefore', '5xx', '429', 'hangBefore']);

const post = async (webhook: Webhook, update: Update, signal: AbortSignal): Promise<string | undefined> => {
  const secret = webhook.secretToken ? { 'x-telegram-bot-api-secret-token': webhook.secretToken } : {};
  const response = await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...secret },
    body: JSON.stringify(update),
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
  });
  const body = await response.text();
  if (!response.ok)
    throw new Error(`Wrong response from the webhook: ${response.status} ${response.statusText}`);
  return body;
};

export type WebhookSenderOptions = {
  readonly store: Store;
  readonly faults: Faults;
  /** Runs a method the bot wrote into its webhook answer. */
  readonly runReply: (body: string) => Promise<void>;
};

/** Sends pending updates to the webhook: in order per key, side by side across keys, with growing pauses after failures. */
export const startWebhookSender = ({ store, faults, runReply }: WebhookSenderOptions): WebhookSender => {
  const { world } = store;
  const stopping = new AbortController();
  const busy = new Map<string, Promise<void>>();
  let health: WebhookHealth = {};
  let generation: Webhook | undefined;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      stopping.signal.addEventListener('abort', done);
    });

  const nextFor = (key: string): PendingUpdate | undefined =>
    world.pending.find(({ update }) => orderKey(update) === key);

  const deliver = async (webhook: Webhook, update: Update): Promise<void> => {
    const chatId = chatOf(update);
    const rule = faults.strike({ method: 'webhook', chatId });
    if (rule?.kind === 'latency') await pause(rule.ms ?? 1000);
    if (rule && beforeKinds.has(rule.kind)) throw new Error('Connection refused');
    const times = faults.webhookCopies(chatId);
    const answers = await Promise.all(
      Array.from({ length: times }, () => post(webhook, update, stopping.signal)),
    );
    // Delivered, but Telegram does not know it: the same update comes again.
    if (rule && takesAnswer.has(rule.kind)) throw new Error('Connection closed');
    await store.commit({
      by: 'server',
      method: 'delivered',
      changes: [{ kind: 'delivered', updateId: update.update_id }],
    });
    const [body] = answers;
    if (body) await runReply(body);
  };

  const serve = async (key: string, webhook: Webhook): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted && world.webhook === webhook) {
      const next = nextFor(key);
      if (!next) return;
      try {
        await store.flushed();
        await deliver(webhook, next.update);
        pauseMs = firstPauseMs;
      } catch (error) {
        if (stopping.signal.aborted) return;
        health = {
          lastErrorAt: store.now(),
          lastError: error instanceof Error ? error.message : 'unknown error',
        };
        await pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    }
  };

  const pump = (): void => {
    const { webhook } = world;
    if (webhook !== generation) {
      generation = webhook;
      health = {};
    }
    if (!webhook || stopping.signal.aborted) return;
    for (const { update } of world.pending) {
      if (busy.size >= webhook.maxConnections) return;
      const key = orderKey(update);
      if (busy.has(key)) continue;
      const run = serve(key, webhook).finally(() => {
        busy.delete(key);
        pump();
      });
      busy.set(key, run);
    }
  };

  const unlisten = store.onCommit(pump);
  pump();
  return {
    health: () => health,
    pump,
    stop: async () => {
      unlisten();
      stopping.abort();
      await Promise.allSettled(busy.values());
    },
  };
};
