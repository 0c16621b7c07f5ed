import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import type { Gateway } from './gateway.js';
import { allowedUpdates, isRawUpdate, type Intake } from './intake.js';

/** What the poller last met: `unauthorized` is final until the token is mended, `conflict` means a second poller. */
export type PollerState =
  | 'idle'
  | 'polling'
  | 'conflict'
  | 'unreachable'
  | 'store-down'
  | 'unauthorized'
  | 'stopped';

export interface Poller {
  /** Begins to poll; safe to call once. */
  start(): void;
  state(): PollerState;
  /** Ends the open request; what is stored but not yet confirmed comes again and is recognised. */
  stop(): Promise<void>;
}

export interface PollerOptions {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly intake: Intake;
  readonly log: Log;
  /** How long Telegram may hold an empty request; 50 s at most. */
  readonly holdSeconds?: number;
  /** Pauses after failures in a row; the last one repeats. */
  readonly pausesMs?: readonly number[];
}

const defaultPausesMs = [500, 1_000, 2_000, 5_000, 10_000];
const batchSize = 100;

/**
 * Fetches updates by long polling. An offset is confirmed only after the inbox acknowledged everything before it;
 * while the store is down nothing is confirmed and nothing new is asked for.
 */
export const createPoller = (options: PollerOptions): Poller => {
  const { gateway, intake, log, holdSeconds = 30, pausesMs = defaultPausesMs } = options;
  const ending = new AbortController();
  const { signal } = ending;
  let state: PollerState = 'idle';
  let offset = 0;
  let failures = 0;
  let loop: Promise<void> | undefined;

  const enter = (next: PollerState): void => {
    if (next === state) return;
    if (next === 'polling') log.info('updates are coming in by polling');
    else log.warn('polling has a problem', { state: next });
    state = next;
  };

  const pause = async (atLeastMs = 0): Promise<void> => {
    const ms = Math.max(atLeastMs, pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
    failures += 1;
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  };

  /** Does not return before the batch is stored: asking again with the old offset would only be throttled. */
  const store = async (updates: readonly unknown[]): Promise<void> => {
    const sound = updates.filter(isRawUpdate);
    while (!signal.aborted) {
      try {
        await intake.accept(sound);
        failures = 0;
        offset = Math.max(offset, ...sound.map((update) => update.update_id + 1));
        return;
      } catch (error) {
        if (state !== 'store-down') log.error('updates could not be stored', { count: sound.length, error });
        enter('store-down');
        await pause();
      }
    }
  };

  const poll = async (): Promise<void> => {
    const payload = { offset, limit: batchSize, timeout: holdSeconds, allowed_updates: allowedUpdates };
    const timeoutMs = (holdSeconds + 10) * 1_000;
    const sent = await gateway.call<readonly unknown[]>('getUpdates', payload, {
      urgency: 'notice',
      signal,
      timeoutMs,
    });
    if (signal.aborted) return;
    if (sent.ok) {
      if (Array.isArray(sent.result) && sent.result.length > 0) await store(sent.result);
      failures = 0;
      if (!signal.aborted) enter('polling');
      return;
    }
    const { class: what, code, retryAfterMs } = sent.error;
    if (what === 'unauthorized') return enter('unauthorized');
    enter(code === 409 ? 'conflict' : 'unreachable');
    await pause(retryAfterMs);
  };

  const run = async (): Promise<void> => {
    // A webhook of an earlier life would make every request a conflict.
    await gateway.call('deleteWebhook', { drop_pending_updates: false }, { urgency: 'notice', signal });
    const isOver = (): boolean => signal.aborted || state === 'unauthorized';
    while (!isOver()) await poll();
  };

  return {
    start() {
      loop ??= run().catch((error: unknown) => {
        log.fatal('polling ended by itself', { error });
        enter('unreachable');
      });
    },
    state: () => state,
    async stop() {
      ending.abort();
      await loop;
      state = 'stopped';
    },
  };
};
