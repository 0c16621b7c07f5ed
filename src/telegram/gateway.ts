import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Log } from '../log.js';
import { classify, isRecord, type ApiError, type ApiErrorClass, type Sent } from './api-error.js';
import { allowanceOf, type Budgets, type Urgency } from './budgets.js';
import { createPacer } from './pacer.js';
import { createTransport } from './transport.js';
import { encodeBody, type Payload } from './upload.js';

export type { ApiError, ApiErrorClass, Sent } from './api-error.js';
export { asUpload, type Payload, type Upload } from './upload.js';
export { defaultBudgets, type Budgets, type Urgency } from './budgets.js';

export interface CallOptions {
  /** The chat whose budget pays; a call without one only obeys pauses of the whole bot. */
  readonly chat?: number | string;
  readonly urgency: Urgency;
  readonly signal?: AbortSignal;
  /** How long one request may take; 15 s unless told. */
  readonly timeoutMs?: number;
  /** How long the call may wait for its turn; 20 s for an answer, 60 s for a notice unless told. */
  readonly maxWaitMs?: number;
  /**
   * A request is answered or given up by then, or not written at all (monotonic, `performance.now()`): when the lease ends
   * that it is sent under.
   */
  readonly overBy?: number;
}

export interface Gateway {
  /**
   * Calls a method of the Bot API once the budgets allow it. Never throws for what Telegram or the network do: the
   * outcome says what happened. "Not modified" is success (the result is then `true`). A request that may have
   * arrived is repeated only when repeating changes nothing; otherwise it is reported as ambiguous.
   */
  call<T>(method: string, payload: Payload, options: CallOptions): Promise<Sent<T>>;
  /** False once Telegram refused the token; tried again every half minute. */
  authorized(): boolean;
  /** From now on no call waits for its turn or repeats: what cannot go at once is reported as not sent. For the end. */
  stopWaiting(): void;
  close(): void;
}

export interface GatewayOptions {
  readonly token: string;
  readonly apiRoot: string;
  readonly redis?: Redis | undefined;
  readonly limits: Budgets | 'off';
  readonly log: Log;
  readonly onCall?: (call: {
    readonly method: string;
    readonly outcome: 'ok' | ApiErrorClass;
    readonly durationMs: number;
  }) => void;
  /** Told when a message is on its way and not yet answered. */
  readonly onWritten?: () => void;
}

const requestMs = 15_000;
/** With less than this left nothing is begun. */
const leastRequestMs = 500;
const waitMs: Readonly<Record<Urgency, number>> = { answer: 20_000, notice: 60_000 };
const retryPausesMs = [300, 1_200];
const askAgainMs = 30_000;

const isCounted = (method: string): boolean => /^(send(?!ChatAction)|copy|forward|edit)/.test(method);
const isRepeatable = (method: string): boolean =>
  /^(get|set|edit|delete|answer|sendChatAction$)/.test(method);
const isGroup = (chat: number | string): boolean => /^[-@]/.test(String(chat));
const isExpected = (what: ApiErrorClass): boolean => what === 'expired-query' || what === 'unreachable';

/** Makes the only sender of the program (design §2.7). Starts nothing; connections open on the first call. */
export const createGateway = ({
  token,
  apiRoot,
  redis,
  limits,
  log,
  onCall,
  onWritten,
}: GatewayOptions): Gateway => {
  const transport = createTransport(apiRoot);
  const keyed = (text: string): string =>
    createHmac('sha256', token).update(text).digest('base64url').slice(0, 22);
  const pacer = createPacer({ redis, prefix: `gateway:${keyed('bot')}:`, log });
  const ending = new AbortController();
  // As many listen as calls wait.
  setMaxListeners(0, ending.signal);
  let refusedAt: number | undefined;

  const request = async <T>(method: string, payload: Payload, options: CallOptions): Promise<Sent<T>> => {
    const startedAt = performance.now();
    const sent = await requestOnce<T>(method, payload, options);
    const outcome = sent.ok ? 'ok' : sent.error.class;
    onCall?.({ method, outcome, durationMs: performance.now() - startedAt });
    if (outcome === 'unauthorized') refusedAt = Date.now();
    else if (sent.ok) refusedAt = undefined;
    return sent;
  };

  const requestOnce = async <T>(method: string, payload: Payload, options: CallOptions): Promise<Sent<T>> => {
    const { signal, timeoutMs = requestMs, overBy = Number.POSITIVE_INFINITY } = options;
    const body = await encodeBody(payload);
    const restMs = overBy - performance.now();
    if (restMs < leastRequestMs) return failed({ class: 'unavailable' });
    const written = isCounted(method) ? { onWritten } : {};
    const limitMs = Math.min(timeoutMs, restMs);
    const post = {
      path: `/bot${token}/${method}`,
      body,
      timeoutMs: limitMs,
      ...(signal && { signal }),
      ...written,
    };
    const outcome = await transport.post(post);
    if (outcome.kind === 'unsent') return failed({ class: 'unavailable' });
    if (outcome.kind === 'cut') return failed({ class: 'ambiguous' });
    if (isRecord(outcome.body) && outcome.body['ok'] === true) {
      return { ok: true, result: outcome.body['result'] as T };
    }
    const error = classify(outcome.status, outcome.body);
    return error.class === 'not-modified' ? { ok: true, result: true as T } : failed(error);
  };

  /** False when nobody may wait any more; rejects when the caller gives up. */
  const wait = async (ms: number, signal: AbortSignal | undefined): Promise<boolean> => {
    // A signal made of others stays with them as long as they live, and `ending` lives as long as the program.
    const either = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
    try {
      await sleep(ms, undefined, { signal: either });
      return true;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return false;
    }
  };

  /** Waits for the turn; returns what is still missing when the deadline would be passed. */
  const turn = async (
    method: string,
    payload: Payload,
    options: CallOptions,
    deadline: number,
  ): Promise<number> => {
    const { chat, urgency, signal } = options;
    const counted = limits !== 'off' && chat !== undefined && isCounted(method);
    const allowance = counted ? allowanceOf(limits, urgency, isGroup(chat)) : undefined;
    const asked = { chat: chat === undefined ? '' : keyed(`chat ${chat}`), cost: costOf(payload), allowance };
    for (;;) {
      const missingMs = await pacer.take(asked);
      if (missingMs <= 0) return 0;
      if (Date.now() + missingMs > deadline || !(await wait(missingMs, signal))) return missingMs;
    }
  };

  const call = async <T>(method: string, first: Payload, options: CallOptions): Promise<Sent<T>> => {
    const { chat, urgency, signal } = options;
    const deadline = Math.min(
      Date.now() + (options.maxWaitMs ?? waitMs[urgency]),
      Date.now() + (options.overBy ?? Number.POSITIVE_INFINITY) - performance.now(),
    );
    const pause = async (forMs: number): Promise<boolean> => {
      if (Date.now() + forMs > deadline) return false;
      return await wait(forMs, signal);
    };
    let payload = first;
    let repeats = 0;
    for (;;) {
      if (refusedAt !== undefined && Date.now() - refusedAt < askAgainMs)
        return failed({ class: 'unauthorized' });
      // The program is ending, and the end would cut off what is begun now; what was begun may be brought to its end.
      if (ending.signal.aborted && urgency === 'notice' && !isRepeatable(method))
        return failed({ class: 'unavailable' });
      const missingMs = await turn(method, payload, options, deadline);
      if (missingMs > 0) return failed({ class: 'too-many', retryAfterMs: missingMs });
      const sent = await request<T>(method, payload, options);
      if (sent.ok) return sent;
      const { class: what, retryAfterMs = 1_000, code } = sent.error;
      const ended = signal?.aborted === true;
      if (!isExpected(what) && !ended) log.warn('a call to Telegram failed', { method, reason: what, code });

      if (what === 'too-many') {
        if (chat !== undefined) await pacer.pause(keyed(`chat ${chat}`), retryAfterMs);
        if (await pause(retryAfterMs)) continue;
      } else if (what === 'bad-entities' && carriesEntities(payload)) {
        payload = withoutEntities(payload);
        continue;
      } else if (what === 'unavailable' || (what === 'ambiguous' && isRepeatable(method))) {
        const pauseMs = retryPausesMs[repeats++];
        if (pauseMs !== undefined && signal?.aborted !== true && (await pause(pauseMs))) continue;
      }
      return sent;
    }
  };

  return {
    async call(method, payload, options) {
      try {
        return await call(method, payload, options);
      } catch (error) {
        // Nothing was on its way while the call waited for its turn.
        if (options.signal?.aborted === true) return failed({ class: 'unavailable' });
        throw error;
      }
    },
    authorized: () => refusedAt === undefined,
    stopWaiting: () => ending.abort(),
    close: () => transport.close(),
  };
};

const failed = (error: ApiError): { readonly ok: false; readonly error: ApiError } => ({ ok: false, error });

// Every item of an album is a message to Telegram's counters.
const costOf = ({ media, message_ids: ids }: Payload): number =>
  Array.isArray(media) ? media.length : Array.isArray(ids) ? ids.length : 1;

const entityFields = new Set(['parse_mode', 'entities', 'caption_entities']);

const carriesEntities = (payload: Payload): boolean =>
  Object.keys(payload).some((name) => entityFields.has(name));

// Better plain than not at all; only once, so that a text which is refused for another reason is reported.
const withoutEntities = (payload: Payload): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !entityFields.has(name)));
