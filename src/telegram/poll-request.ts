import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import type { Gateway, Sent } from './gateway.js';
import { allowedUpdates } from './intake.js';
import type { Leadership } from './leadership.js';

export interface PollRequestOptions {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly leadership: Pick<Leadership, 'isSure'>;
  readonly log: Log;
  /** The end of the poller. */
  readonly signal: AbortSignal;
  readonly marginMs: number;
}

const batchSize = 100;
const leaseCheckMs = 500;
const unheard: Sent<never> = { ok: false, error: { class: 'ambiguous' } };

/**
 * Makes the function that asks for updates once, from an offset on. The request is given up when it is deaf (a
 * half-open connection is never answered), when the lead is lost, and at the end.
 */
export const createPollRequest = (options: PollRequestOptions) => {
  const { gateway, leadership, log, signal, marginMs } = options;

  return async (offset: number, holdSeconds: number): Promise<Sent<readonly unknown[]>> => {
    const longestMs = holdSeconds * 1_000 + marginMs;
    const request = new AbortController();
    const heard = new AbortController();
    const giveUp = (): void => request.abort();
    const payload = { offset, limit: batchSize, timeout: holdSeconds, allowed_updates: allowedUpdates };
    const answer = gateway.call<readonly unknown[]>('getUpdates', payload, {
      urgency: 'notice',
      signal: request.signal,
      timeoutMs: longestMs + marginMs,
      // The poller pauses by itself: what the gateway repeats would make it deaf for longer.
      maxWaitMs: 0,
    });
    const leaseCheck = setInterval(() => {
      if (!leadership.isSure()) giveUp();
    }, leaseCheckMs);
    // Not left to the request alone: a poller that waits for ever is the one fault nobody sees.
    const deaf = sleep(longestMs, undefined, { signal: heard.signal }).then(
      () => {
        log.warn('a request for updates was never answered', { durationMs: longestMs });
        giveUp();
        return unheard;
      },
      () => unheard,
    );
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([answer, deaf]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      clearInterval(leaseCheck);
      heard.abort();
    }
  };
};
