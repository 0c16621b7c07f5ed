import type { RankingRules } from './rates/ranking.js';
import type { Tier } from './taxonomy.js';
import { defaultOpeningHours, minutesPerDay } from './working-time/opening-hours.js';

/**
 * The one place where a deadline is changed: every number of rules §3 and §4, and the caps of §2.
 * A case stores the `rulesVersion` it started with, so a changed number needs a new version, not an edit in place.
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
    readonly E4: { readonly after: Overdue; readonly ignoredLetters: number };
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
    readonly appeal: { readonly within: Span; readonly times: number };
    readonly return: { readonly within: Span; readonly times: number };
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

const minutesPerHour = 60;
/** 1 wd in working minutes: one whole day of the opening hours. */
export const minutesPerWorkingDay = minutesPerDay(defaultOpeningHours);

const workingHours = (count: number): Span => ({ working: count * minutesPerHour });
const workingDays = (count: number): Span => ({ working: count * minutesPerWorkingDay });
const hours = (count: number): Span => ({ natural: count * minutesPerHour });
const days = (count: number): Span => hours(count * 24);
const always = (span: Span): Limit => ({ limit: span, urgent: span });

export const defaultRules: Rules = {
  rulesVersion: 1,
  clocks: {
    dispatch: { limit: workingHours(4), urgent: hours(1) },
    sign: { limit: workingDays(1), urgent: hours(2) },
    contact: { limit: workingDays(1), urgent: hours(4) },
    resolve: {
      limit: {
        consult: workingDays(3),
        simple: workingDays(5),
        general: workingDays(10),
        complex: workingDays(15),
        legacy: workingDays(30),
      },
      urgent: hours(24),
    },
    redo: { limit: workingDays(5), urgent: hours(24) },
    check: { limit: workingDays(2), urgent: hours(4) },
    sealed: { firstAnswer: always(workingHours(7)), decision: always(workingDays(15)) },
    survey: { ...always(days(7)), nudges: [days(2), days(5)] },
    lookBack: { looks: [days(30), days(90)] },
    report: always(workingDays(5)),
    receipt: always(workingDays(5)),
  },
  ladder: {
    R1: { usedShare: 0.5 },
    R2: { usedShare: 0.8, orLeft: workingDays(1) },
    R3: { before: workingHours(2), orShareBefore: 0.25 },
    E1: { after: always(hours(0)), acknowledgeWithin: workingHours(4) },
    E2: { after: { limit: workingDays(1), urgent: hours(2) }, explainWithin: workingDays(1) },
    E2b: { afterE2: workingDays(1) },
    E3: { after: { limit: workingDays(3), urgent: hours(24) } },
    E4: { after: always(workingDays(5)), ignoredLetters: 2 },
    oneStepOn: { reopens: 2, urges: 3, redos: 2 },
  },
  morning: {
    digest: { beforeOpening: { natural: 15 } },
    watch: { beforeOpening: { natural: 30 }, unreachableFor: workingDays(2) },
  },
  caps: {
    supplement: { lapsesAfter: workingDays(5) },
    appeal: { within: days(15), times: 1 },
    return: { within: workingDays(1), times: 1 },
    wait: { longest: workingDays(5), times: 2 },
    extension: { askBefore: workingDays(1), longestShare: 0.5, times: 2 },
    reopen: { within: days(15), freely: 1 },
    urge: { oncePer: workingDays(1) },
    archive: { restsFor: days(30) },
  },
  ranking: {
    weights: { response: 0.1, resolution: 0.5, satisfaction: 0.4 },
    leastValid: 5,
    volumeFrom: { large: 20, medium: 10 },
    mostImproved: 3,
  },
};
