import { z } from 'zod';

const ruleSchema = z.strictObject({
  method: z.string().optional(),
  chatId: z.int().optional(),
  kind: z.enum([
    'latency',
    '5xx',
    '429',
    'dropBefore',
    'dropAfter',
    'hangBefore',
    'hangAfter',
    '5xxAfter',
    'outage',
    'duplicate',
  ]),
  ms: z.number().nonnegative().optional(),
  retryAfter: z.int().positive().optional(),
  count: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
});

/** Kinds that take away the answer of what was accepted. */
export const takesAnswer: ReadonlySet<string> = new Set(['dropAfter', '5xxAfter', 'hangAfter']);

export type FaultRule = z.output<typeof ruleSchema>;
export const faultRules = z.strictObject({ rules: z.array(ruleSchema) });

type Active = {
  readonly rule: FaultRule;
  left: number;
  readonly random: () => number;
  readonly since: number;
};

export type Faults = {
  /** Adds rules; they are tried in order, the first that fits strikes. Counts run down, `outage` lasts `ms`. */
  add(rules: readonly FaultRule[]): void;
  clear(): void;
  /** Notes the message of a call that was accepted and whose answer was taken away. */
  noteLost(messageId: number): void;
  /** Those messages, since the start; faults that were cleared included. */
  lostAnswers(): readonly number[];
  strike(call: { readonly method: string; readonly chatId: number | undefined }): FaultRule | undefined;
  /** How many copies of an update go to the webhook at once: 1, or more under a `duplicate` rule (`count` strikes). */
  webhookCopies(chatId: number | undefined): number;
};

// A small seeded generator (xorshift), so that a run with faults can be repeated.
const seeded = (seed: number): (() => number) => {
  let state = seed | 0 || 0x9e_37_79_b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_00_00_00_00;
  };
};

/** Faults on demand: none until rules are added. */
export const createFaults = (now: () => number): Faults => {
  let active: Active[] = [];
  const lost: number[] = [];

  const fits = ({ rule, left, since }: Active, method: string, chatId: number | undefined): boolean => {
    if (left <= 0) return false;
    if (rule.kind === 'outage' && now() - since > (rule.ms ?? Number.POSITIVE_INFINITY)) return false;
    if (rule.method !== undefined && rule.method.toLowerCase() !== method.toLowerCase()) return false;
    return rule.chatId === undefined || rule.chatId === chatId;
  };

  const hit = (
    candidates: readonly Active[],
    method: string,
    chatId: number | undefined,
  ): FaultRule | undefined => {
    for (const one of candidates) {
      if (!fits(one, method, chatId)) continue;
      if (one.rule.probability !== undefined && one.random() >= one.rule.probability) continue;
      one.left -= 1;
      return one.rule;
    }
    return undefined;
  };

  return {
    add: (rules) => {
      const since = now();
      const added = rules.map((rule) => ({
        rule,
        left: rule.count ?? Number.POSITIVE_INFINITY,
        random: seeded(rule.seed ?? 1),
        since,
      }));
      active = [...active, ...added];
    },
    clear: () => {
      active = [];
    },
    noteLost: (messageId) => void lost.push(messageId),
    lostAnswers: () => lost,
    strike: ({ method, chatId }) =>
      hit(
        active.filter(({ rule }) => rule.kind !== 'duplicate'),
        method,
        chatId,
      ),
    webhookCopies: (chatId) =>
      hit(
        active.filter(({ rule }) => rule.kind === 'duplicate'),
        'webhook',
        chatId,
      )
        ? 5
        : 1,
  };
};
