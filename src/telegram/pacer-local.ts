import type { Allowance, Bucket, Window } from './budgets.js';

/** One send that asks for its turn; `chat` is a hash. */
export interface Turn {
  readonly chat: string;
  /** 1, or the number of items of an album. */
  readonly cost: number;
  /** Undefined: nothing is counted, only pauses are obeyed. */
  readonly allowance: Allowance | undefined;
}

/** Says how long a send must still wait, and counts it when that is zero. Times in milliseconds. */
export interface Pacer {
  take(turn: Turn): Promise<number>;
  /** Telegram asked for silence in a chat; two chats within a second mean the whole bot. */
  pause(chat: string, forMs: number): Promise<void>;
}

export interface LocalPacer {
  take(turn: Turn): number;
  pause(chat: string, forMs: number): void;
}

const wholeBot = '';
const togetherMs = 1_000;
const forgetAfter = 5_000;

/** The pacer of one process: what is left when Redis is away. `now` gives milliseconds. */
export const createLocalPacer = (now: () => number = Date.now): LocalPacer => {
  const pausedUntil = new Map<string, number>();
  const sentAt = new Map<string, readonly number[]>();
  // When the bucket of a chat, or of the whole bot, will be full again.
  const fullAt = new Map<string, number>();
  let lastPause = { chat: wholeBot, at: Number.NEGATIVE_INFINITY };

  const pauseOf = (chat: string, at: number): number => {
    const rest = (pausedUntil.get(chat) ?? 0) - at;
    if (rest <= 0) pausedUntil.delete(chat);
    return Math.max(0, rest);
  };
  const windowWait = (key: string, cost: number, { limit, windowMs }: Window, at: number): number => {
    const blocking = sentAt.get(key)?.[limit - Math.min(cost, limit)];
    return blocking === undefined ? 0 : Math.max(0, blocking + windowMs - at);
  };
  const bucketWait = (key: string, cost: number, { most, perSecond, floor }: Bucket, at: number): number => {
    const usable = most - floor;
    const debtMs = Math.max(0, (fullAt.get(key) ?? 0) - at);
    return Math.max(0, Math.ceil(debtMs - ((usable - Math.min(cost, usable)) * 1_000) / perSecond));
  };
  const remember = (key: string, cost: number, at: number): void => {
    const fresh = Array.from({ length: cost }, () => at);
    sentAt.set(key, [...fresh, ...(sentAt.get(key) ?? [])].slice(0, 1_000));
  };
  const fill = (key: string, cost: number, { perSecond }: Bucket, at: number): void =>
    void fullAt.set(key, Math.max(at, fullAt.get(key) ?? 0) + (cost * 1_000) / perSecond);
  // Chats that were quiet for long are forgotten, or the maps would grow with every person ever met.
  const forget = (at: number): void => {
    if (fullAt.size < forgetAfter) return;
    for (const [chat, full] of fullAt) if (full <= at) fullAt.delete(chat);
    for (const [key, times] of sentAt) if (at - (times[0] ?? 0) > 120_000) sentAt.delete(key);
  };

  return {
    take({ chat, cost, allowance }) {
      const at = now();
      const paused = Math.max(pauseOf(wholeBot, at), pauseOf(chat, at));
      if (allowance === undefined || paused > 0) return paused;
      const { bot, pace, chat: bucket, group } = allowance;
      const wait = Math.max(
        windowWait(wholeBot, cost, bot, at),
        bucketWait(wholeBot, cost, pace, at),
        bucketWait(chat, cost, bucket, at),
        group === undefined ? 0 : windowWait(chat, cost, group, at),
      );
      if (wait > 0) return wait;
      remember(wholeBot, cost, at);
      if (group !== undefined) remember(chat, cost, at);
      fill(wholeBot, cost, pace, at);
      fill(chat, cost, bucket, at);
      forget(at);
      return 0;
    },

    pause(chat, forMs) {
      const at = now();
      const another = lastPause.chat !== chat && at - lastPause.at < togetherMs;
      for (const key of another ? [chat, wholeBot] : [chat]) {
        pausedUntil.set(key, Math.max(pausedUntil.get(key) ?? 0, at + forMs));
      }
      lastPause = { chat, at };
    },
  };
};
