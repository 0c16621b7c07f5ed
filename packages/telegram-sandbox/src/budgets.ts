import { tooMany, type ApiError } from './errors.js';
import type { Limits } from './options.js';
import type { ChatState } from './state/world.js';

type Bucket = { tokens: number; at: number };

export type Budgets = {
  /** Takes `cost` messages from the bot's and the chat's budget, or returns the 429 and takes nothing. */
  take(state: ChatState, cost: number): ApiError | undefined;
};

/** Token buckets: bot-wide, per private chat (with a burst), per group. 'off' lets everything through. */
export const createBudgets = (limits: Limits | 'off', now: () => number): Budgets => {
  if (limits === 'off') return { take: () => undefined };
  const bot: Bucket = { tokens: limits.botPerSecond, at: now() };
  const chats = new Map<number, Bucket>();

  const refill = (bucket: Bucket, perSecond: number, size: number): void => {
    const at = now();
    bucket.tokens = Math.min(size, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
  };

  const shortage = (bucket: Bucket, cost: number, perSecond: number, size: number): number => {
    refill(bucket, perSecond, size);
    // A single call dearer than the whole bucket (a long album) must pass when the bucket is full.
    const needed = Math.min(cost, size);
    return bucket.tokens >= needed ? 0 : Math.max(1, Math.ceil((needed - bucket.tokens) / perSecond));
  };

  return {
    take: (state, cost) => {
      if (cost === 0) return undefined;
      const isGroup = state.chat.type !== 'private';
      const perSecond = isGroup ? limits.groupPerMinute / 60 : limits.chatPerSecond;
      const size = isGroup ? limits.groupPerMinute : limits.chatBurst;
      const chat = chats.get(state.chat.id) ?? { tokens: size, at: now() };
      chats.set(state.chat.id, chat);
      const seconds = Math.max(
        shortage(bot, cost, limits.botPerSecond, limits.botPerSecond),
        shortage(chat, cost, perSecond, size),
      );
      if (seconds > 0) return tooMany(seconds);
      bot.tokens -= cost;
      chat.tokens -= cost;
      return undefined;
    },
  };
};
