/** What a case is: its state, its clocks, its history (rules §2). No text of a person is in here, only ids of texts. */
import type { Span } from './clock-limits.js';
import { workClockNames, type ClockName } from './clock-names.js';
import type { Confidentiality, Conduct, Domain, Kind, Source, Tier, Track } from './taxonomy.js';
import type { Relation } from './people.js';
import type { Access } from './access.js';
import type { Closing } from './rates/closing.js';
import type { Survey } from './survey.js';

export const caseStates = [
  'filed',
  'dispatched',
  'handling',
  'submitted',
  'closed',
  'archived',
  'supplement',
  'returned',
  'waiting',
  'declined',
  'sealed',
  'transferred',
  'withdrawn',
  'merged',
] as const;
export type CaseState = (typeof caseStates)[number];

/** The states in which somebody still owes the enterprise something. */
export const openStates: readonly CaseState[] = [
  'filed',
  'supplement',
  'dispatched',
  'returned',
  'handling',
  'waiting',
  'submitted',
];

export interface Clock {
  readonly name: ClockName;
  /** Counts the due dates this clock has had; every step happens once per generation (rules §4). */
  readonly generation: number;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly limit: Span;
  /** From where and over which span the due date was counted, where these are not start and limit: after a pause, an extension. */
  readonly counted?: { readonly from: Date; readonly span: Span };
  /** The due date depends on a year whose holidays are not announced; a clock of an older version does not say. */
  readonly provisional?: boolean;
  readonly stoppedAt: Date | null;
  /** What was left when it was paused; null while it runs and once it has stopped for good. */
  readonly remaining?: Span | null;
  readonly stepsDone: readonly string[];
  /** Which of them counted as told when this generation began; none in the first one, or in one of an older version. */
  readonly carried?: readonly string[];
}

export interface HistoryEntry {
  readonly rev: number;
  readonly at: Date;
  readonly transition: string;
  readonly by: string;
  readonly relation: Relation | 'system' | 'liaison';
  readonly causeId: string | null;
  readonly from: CaseState | null;
  readonly to: CaseState;
  /** Ids of the texts that belong to it. */
  readonly messageIds: readonly string[];
  readonly detail?: string;
}

/** To whom an event is told; people are found when it is relayed. */
export type Audience =
  | 'reporter'
  | 'handler'
  | 'officers'
  | 'head'
  | 'co-officers'
  | 'duty'
  | 'supervisor'
  | 'leader'
  /** Whoever asked to see a locked name. */
  | 'asker';

/** An intent to tell somebody something, saved in the same write as the change that caused it. */
export interface OutboxEntry {
  readonly id: string;
  readonly event: string;
  readonly to: readonly Audience[];
  readonly at: Date;
  readonly byPersonId: string | null;
  readonly messageId?: string;
  /** The clock and step a timed notice belongs to; it is dropped when that clock has stopped. */
  readonly clock?: { readonly name: ClockName; readonly generation: number; readonly step: string };
}

/** The part of a co-department: a child task of the case (rules §2, finish-task). */
export interface Task {
  readonly department: string;
  readonly openedAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
}

/** An extension that waits for the supervisor's word. */
export interface ExtensionAsked {
  readonly at: Date;
  readonly days: number;
}

/** No news, but cards to be brought up to date. */
export const refreshEvents = ['refresh', 'refresh-lost', 'refresh-names', 'refresh-all'] as const;
export type RefreshEvent = (typeof refreshEvents)[number];

/** What the router lays before the duty officer. */
export interface RoutingProposal {
  readonly departments: readonly string[];
  readonly tier: Tier;
  readonly certain: boolean;
}

export interface CaseRecord {
  readonly id: string;
  readonly number: string;
  readonly rev: number;
  readonly state: CaseState;
  readonly rulesVersion: number;
  /** The calendar its dates were computed by; an import of holidays computes them anew. */
  readonly calendarRevision: number;
  readonly draftId: string;
  /** Empty where the enterprise has no chat: then it is called (rules §2, file-for). */
  readonly reporterId: string;
  /** How staff heard of it, and who filed it; null where the enterprise filed it itself. */
  readonly source: Source | null;
  readonly filedById: string | null;
  readonly enterpriseId: string | null;
  readonly verified: boolean;
  /** An enterprise was named; without a name a case stays locked (rules §1). */
  readonly named: boolean;
  readonly kind: Kind;
  readonly domain: Domain;
  readonly conduct: Conduct | null;
  readonly track: Track;
  readonly tier: Tier;
  readonly urgent: boolean;
  readonly confidentiality: Confidentiality;
  readonly fileCount: number;
  readonly confirmed: boolean;
  readonly excludedPersonIds: readonly string[];
  readonly excludedDepartments: readonly string[];
  readonly access: Access;
  readonly proposal: RoutingProposal | null;
  readonly department: string | null;
  readonly handlerId: string | null;
  readonly filedAt: Date;
  readonly promisedAt: Date | null;
  readonly provisional: boolean;
  readonly closedAt: Date | null;
  readonly endedAt: Date | null;
  readonly contactedAt: Date | null;
  readonly signOffAskedAt: Date | null;
  readonly explainedAt: Date | null;
  /** Until when an answer is waited for; then the wait lapses. */
  readonly pauseUntil: Date | null;
  readonly waitCount: number;
  readonly declinedBy: string | null;
  readonly appealedAt: Date | null;
  /** Departments that have used their one return. */
  readonly returnedBy: readonly string[];
  readonly extension: ExtensionAsked | null;
  readonly extensionCount: number;
  readonly tasks: readonly Task[];
  readonly listedAt: Date | null;
  readonly leaderId: string | null;
  readonly unsealAskedBy: string | null;
  readonly transferAskedBy: string | null;
  readonly mergedInto: string | null;
  /** Cases that a person said belong together with this one. */
  readonly linkedIds: readonly string[];
  readonly urgedAt: Date | null;
  readonly urgeCount: number;
  readonly redoCount: number;
  readonly reopenCount: number;
  readonly pressure: number;
  readonly clocks: readonly Clock[];
  readonly survey: Survey | null;
  /** Every time it was struck off (rules §5). */
  readonly closings: readonly Closing[];
  readonly history: readonly HistoryEntry[];
  readonly outbox: readonly OutboxEntry[];
  readonly wakeAt: Date | null;
  /** Since when a legal hold keeps it from being erased. */
  readonly heldAt: Date | null;
  /** When its content is to be erased, and when that began; the first is null again once nothing is left to do. */
  readonly eraseAt: Date | null;
  readonly erasedAt: Date | null;
}

export const isOpen = (c: CaseRecord): boolean => openStates.includes(c.state);

export const wasSealed = (c: CaseRecord): boolean =>
  c.history.some(({ transition }) => transition === 'unseal');

export const runningClock = (c: CaseRecord, name: ClockName): Clock | undefined =>
  c.clocks.find((clock) => clock.name === name && clock.stoppedAt === null);

/** The running clock that falls due first among these. */
export const firstDue = (c: CaseRecord, isAmong: (name: ClockName) => boolean): Clock | undefined =>
  c.clocks
    .filter(({ name, stoppedAt }) => stoppedAt === null && isAmong(name))
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0];

/** The date a case is sorted by: what somebody owes first; once nobody owes anything, the end of the survey. */
export const mainClock = (c: CaseRecord): Clock | undefined =>
  firstDue(c, (name) => name !== 'survey' && name !== 'look-back') ?? runningClock(c, 'survey');

/**
 * Whether a timed notice still holds: its clock runs in the same generation, or in a later one that counts the step as told and
 * will not tell it again. One that was to tell it again has told it, or will, by itself.
 */
export const activeClock = (c: CaseRecord, of: NonNullable<OutboxEntry['clock']>): boolean => {
  const running = runningClock(c, of.name);
  if (!running || running.generation < of.generation) return false;
  return c.clocks
    .filter(({ name, generation }) => name === of.name && generation > of.generation)
    .every(({ carried = [] }) => carried.includes(of.step));
};

/** Seven days after striking off the survey is over, answered or not (rules §5). */
export const isSurveyOpen = (c: CaseRecord): boolean => runningClock(c, 'survey') !== undefined;

export const isWorkClock = ({ name }: Pick<Clock, 'name'>): boolean =>
  workClockNames.some((work) => work === name);

export const runningWorkClock = (c: CaseRecord): Clock | undefined =>
  c.clocks.findLast((clock) => clock.stoppedAt === null && isWorkClock(clock));
