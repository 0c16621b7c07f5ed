import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import type { Gateway } from './gateway.js';
import { isRawUpdate, type Intake } from './intake.js';
import type { Leadership } from './leadership.js';
import { createPollRequest } from './poll-request.js';

/**
 * What the poller last met. `following`: another replica polls. `full`: too much waits in the inbox, nothing is asked
 * for. `conflict`: somebody polls who does not share our store. `unauthorized`: the token is refused; it is asked for
 * slowly until it works again.
 */
export type PollerState =
  | 'idle'
  | 'polling'
  | 'following'
  | 'full'
  | 'conflict'
  | 'unreachable'
  | 'store-down'
  | 'unauthorized'
  | 'stopped';

export interface Poller {
  /** Begins to poll; safe to call once. */
  start(): void;
  state(): PollerState;
  /**
   * Milliseconds since Telegram last answered a request for updates with success, or since the start. Only the time counts in
   * which it was ours to ask.
   */
  silentMs(): number;
  /** Ends the open request and hands the lead over; what is stored but not yet confirmed comes again and is recognised. */
  stop(): Promise<void>;
}

export interface PollerOptions {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly intake: Intake;
  readonly leadership: Leadership;
  readonly log: Log;
  /** How long Telegram may hold an empty request; 50 s at most. */
  readonly holdSeconds?: number;
  /** How much longer a request may take before it counts as deaf and is given up. */
  readonly marginMs?: number;
  /** Pauses after failures in a row; the last one repeats. */
  readonly pausesMs?: readonly number[];
  /** How often a refused token is tried again. */
  readonly refusedPauseMs?: number;
}

const defaultPausesMs = [500, 1_000, 2_000, 5_000, 10_000];
/** How often a replica that follows asks for the lead, and one that is full looks again. */
const lookAgainMs = 1_500;
/** After so many failures in a row another replica may have more luck with the network. */
const failuresOfALeader = 4;

/**
 * Fetches updates by long polling while this replica leads. An offset is confirmed only after the inbox acknowledged
 * everything before it, and only by the leader; while the store is down or the inbox is full nothing is asked for.
 */
export const createPoller = (options: PollerOptions): Poller => {
  const { gateway, intake, leadership, log, holdSeconds = 30, marginMs = 10_000 } = options;
  const { pausesMs = defaultPausesMs, refusedPauseMs = 31_000 } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const ask = createPollRequest({ gateway, leadership, log, signal, marginMs });
  let state: PollerState = 'idle';
  let offset = 0;
  let failures = 0;
  let heardAt = performance.now();
  let withoutWebhook = false;
  let loop: Promise<void> | undefined;

  const enter = (next: PollerState): void => {
    if (next === state) return;
    if (next === 'polling') log.info('updates are coming in by polling');
    else if (next === 'following') log.info('another replica polls');
    else log.warn('polling has a problem', { state: next });
    state = next;
  };

  const wait = async (ms: number): Promise<void> =>
    await sleep(ms, undefined, { signal }).catch(() => undefined);

  const pause = async (atLeastMs = 0): Promise<void> => {
    const ms = Math.max(atLeastMs, pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
    failures += 1;
    if (failures > failuresOfALeader) await leadership.release();
    await wait(ms);
  };

  /** Does not return before the batch is stored: asking again with the old offset would only be throttled. */
  const store = async (updates: readonly unknown[]): Promise<void> => {
    const sound = updates.filter(isRawUpdate);
    while (!signal.aborted && leadership.isSure()) {
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
    // At first, and after trouble, an answer is wanted at once: only then it is known how things are.
    const atEase = state === 'polling' || state === 'conflict';
    const sent = await ask(offset, atEase ? holdSeconds : 0);
    // An answer that came while the lead was lost is left alone: its updates come to the next leader as well.
    if (signal.aborted || !leadership.isSure()) return;
    if (sent.ok) {
      const updates = Array.isArray(sent.result) ? sent.result : [];
      if (updates.length > 0) await store(updates);
      // Everything is confirmed. After a week without updates Telegram begins its numbers anew, perhaps below ours.
      else offset = 0;
      // Not before: a store that was long in taking them is no silence of Telegram.
      heardAt = performance.now();
      if (signal.aborted || !leadership.isSure()) return;
      failures = 0;
      enter('polling');
      return;
    }
    const { class: what, code, retryAfterMs, description } = sent.error;
    if (what === 'unauthorized') return enter('unauthorized');
    if (code === 409 && /webhook/i.test(description ?? '')) withoutWebhook = false;
    enter(code === 409 ? 'conflict' : 'unreachable');
    await pause(retryAfterMs);
  };

  /** Nothing is confirmed by asking who the bot is. A replica with a newer token may lead meanwhile. */
  const mendToken = async (): Promise<void> => {
    await leadership.release();
    await wait(refusedPauseMs);
    const me = await gateway.call('getMe', {}, { urgency: 'notice', signal });
    if (me.ok || me.error.class !== 'unauthorized') enter('unreachable');
  };

  const lead = async (): Promise<boolean> => {
    const led = leadership.isSure();
    try {
      if (!(await leadership.take())) {
        enter('following');
        await wait(lookAgainMs);
        return false;
      }
      // An offset of an earlier lead may be above what Telegram has begun to number anew: it would confirm that unseen.
      if (!led) offset = 0;
      if (!(await intake.isFull())) return true;
      enter('full');
      await wait(lookAgainMs);
    } catch (error) {
      if (state !== 'store-down') log.error('the store could not be asked who polls', { error });
      enter('store-down');
      await pause();
    }
    return false;
  };

  /** A webhook of an earlier life would make every request a conflict. */
  const dropWebhook = async (): Promise<void> => {
    const dropped = await gateway.call(
      'deleteWebhook',
      { drop_pending_updates: false },
      { urgency: 'notice', signal, maxWaitMs: 0 },
    );
    withoutWebhook = dropped.ok;
    if (dropped.ok || signal.aborted) return;
    if (dropped.error.class === 'unauthorized') return enter('unauthorized');
    enter('unreachable');
    await pause(dropped.error.retryAfterMs);
  };

  const turn = async (): Promise<void> => {
    const since = performance.now();
    if (state === 'unauthorized') await mendToken();
    else if (await lead()) return await (withoutWebhook ? poll() : dropWebhook());
    // Another replica polls, the inbox is full, the store away, the token refused. Not set to now: a lead that was given up in
    // vain and taken again would then hide that Telegram has been silent all the while.
    heardAt += performance.now() - since;
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await turn();
      } catch (error) {
        log.error('polling met something unexpected and goes on', { error });
        enter('unreachable');
        await pause();
      }
    }
  };

  return {
    start() {
      // Who the bot is may have been asked for long before.
      heardAt = performance.now();
      loop ??= run();
    },
    state: () => state,
    silentMs: () => performance.now() - heardAt,
    async stop() {
      ending.abort();
      await loop;
      await leadership.stop();
      state = 'stopped';
    },
  };
};
