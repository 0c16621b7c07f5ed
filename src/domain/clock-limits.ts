import type { RankingRules } from './rates/ranking.js';
import type { Tier } from './taxonomy.js';
import { compileRules } from './rules/compile-rules.js';
import { defaultDocument } from './rules/settings.js';
import { minutesPerDay, type OpeningHours } from './working-time/opening-hours.js';

/**
 * Every number of rules §3, §4, §5 and the caps of §2 as the program counts with them. How they are written, and their
 * defaults, is in `rules/settings.ts`; a case stores the `rulesVersion` it started with, and a change makes a new version.
 */

/** A length of time in minutes: `working` counts open hours only, `natural` counts every minute. */
export type Span =
  | { readonly working: number; readonly natural?: never }
  | { readonly natural: number; readonly working?: never };

/** How long a clock runs, for a usual case and for an urgent one. */
export type Limit = { readonly limit: Span; readonly urgent: Span };

/** A step that comes after its clock fell due, this long after. */
type Overdue = Limit;

export type Rules = {
  readonly rulesVersion: number;
  readonly hours: OpeningHours;
  readonly clocks: {
    readonly dispatch: Limit;
    readonly sign: Limit;
    readonly contact: Limit;
    readonly resolve: { readonly limit: Readonly<Record<Tier, Span>>; readonly urgent: Span };
    readonly redo: Limit;
    readonly check: Limit;
    readonly sealed: { readonly firstAnswer: Limit; readonly decision: Limit };
    readonly survey: Limit & { readonly nudges: readonly Span[] };
    readonly lookBack: { readonly looks: readonly Span[] };
    /** How often the department reports while a case is listed or a leader is in charge. */
    readonly report: Limit;
    /** How often the supervisor is asked for the receipt of a transfer. */
    readonly receipt: Limit;
  };
  readonly ladder: {
    /** After this share of the limit, in working minutes where the limit is in working minutes. */
    readonly R1: { readonly usedShare: number };
    /** After this share of the limit, or with this much left, whichever moment is later. */
    readonly R2: { readonly usedShare: number; readonly orLeft: Span };
    /** This long before due, or this share of the limit before due, whichever is smaller. */
    readonly R3: { readonly before: Span; readonly orShareBefore: number };
    readonly E1: { readonly after: Overdue; readonly acknowledgeWithin: Span };
    readonly E2: { readonly after: Overdue; readonly explainWithin: Span };
    /** The repetition of E2: this long after it without an explanation. */
    readonly E2b: { readonly afterE2: Span };
    readonly E3: { readonly after: Overdue };
    readonly E4: { readonly after: Overdue };
    /** Reaching one of these counts moves a case one step on (§4, "Also one step on"). */
    readonly oneStepOn: { readonly reopens: number; readonly urges: number; readonly redos: number };
  };
  /** The morning's work, before a working day opens (§4). */
  readonly morning: {
    /** The digest of officers, heads, duty and supervisors: 08:45 where the day opens at 09:00. */
    readonly digest: { readonly beforeOpening: Span };
    /** Looking for cases whose handler is gone, or cannot be reached since this long. */
    readonly watch: { readonly beforeOpening: Span; readonly unreachableFor: Span };
  };
  readonly caps: {
    readonly supplement: { readonly lapsesAfter: Span };
    readonly appeal: { readonly within: Span };
    readonly return: { readonly within: Span };
    readonly wait: { readonly longest: Span; readonly times: number };
    /** `longestShare` is a share of the original limit; `askBefore` is the notice needed before due. */
    readonly extension: { readonly askBefore: Span; readonly longestShare: number; readonly times: number };
    readonly reopen: { readonly within: Span; readonly freely: number };
    readonly urge: { readonly oncePer: Span };
    readonly archive: { readonly restsFor: Span };
  };
  /** The numbers of §5. */
  readonly ranking: RankingRules;
};

/** The numbers an organisation starts with: version 1. */
export const defaultRules: Rules = compileRules(1, defaultDocument);
/** 1 wd in working minutes: one whole day of the default opening hours. */
export const minutesPerWorkingDay = minutesPerDay(defaultRules.hours);
