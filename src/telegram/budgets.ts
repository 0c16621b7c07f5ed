/** How much may be sent (facts of the Bot API). One place for the numbers; an instance may be given others. */
export interface Budgets {
  /** Messages a second over all chats. */
  readonly botPerSecond: number;
  /** Messages a second into one chat, once its burst is used up. */
  readonly chatPerSecond: number;
  /** Messages at once into a chat that was quiet. */
  readonly chatBurst: number;
  /** Messages a minute into one group. */
  readonly groupPerMinute: number;
}

/** A person's own action is answered before any notice goes out. */
export type Urgency = 'answer' | 'notice';

export const defaultBudgets: Budgets = {
  botPerSecond: 30,
  chatPerSecond: 1,
  chatBurst: 15,
  groupPerMinute: 20,
};

/** At most `limit` within any `windowMs`. */
export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

/** At most `most` at once, refilled at `perSecond`; takes nothing that would leave fewer than `floor`. */
export interface Bucket {
  readonly most: number;
  readonly perSecond: number;
  readonly floor: number;
}

export interface Allowance {
  /** Over all chats: never more at once than Telegram takes … */
  readonly bot: Window;
  /** … and, for notices, evenly and only while no answer is in front of them. */
  readonly pace: Bucket;
  readonly chat: Bucket;
  readonly group: Window | undefined;
}

const botWindowMs = 1_000;
// Telegram counts on arrival: a little less than it allows keeps a late packet from tipping it over.
const shareOfRate = 0.99;
// So many notices may be behind their time: what their waking up late loses is made up for.
const noticesAtOnce = 3;
const groupWindowMs = 62_000;
// What notices leave for answers.
const chatShareOfAnswers = 2 / 3;
const groupShareOfAnswers = 0.2;

/** What one send of this urgency may draw on. */
export const allowanceOf = (budgets: Budgets, urgency: Urgency, isGroup: boolean): Allowance => {
  const left = (whole: number, share: number): number =>
    urgency === 'answer' ? whole : Math.max(1, Math.floor(whole * (1 - share)));
  const { botPerSecond, chatPerSecond, chatBurst, groupPerMinute } = budgets;
  return {
    bot: { limit: botPerSecond, windowMs: botWindowMs },
    pace: {
      most: botPerSecond,
      perSecond: botPerSecond * shareOfRate,
      floor: urgency === 'answer' ? 0 : Math.max(0, botPerSecond - noticesAtOnce),
    },
    chat: {
      most: chatBurst,
      perSecond: chatPerSecond,
      floor: chatBurst - left(chatBurst, chatShareOfAnswers),
    },
    group: isGroup
      ? { limit: left(groupPerMinute, groupShareOfAnswers), windowMs: groupWindowMs }
      : undefined,
  };
};
