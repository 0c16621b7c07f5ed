/**
 * The one table of what is kept for how long, apart from reminders. The schedule `retention` and the store's own expiry
 * go by it. Pure.
 */
import type { CaseRecord, CaseState } from './case.js';

const hours = (count: number): number => count * 3_600_000;
const days = (count: number): number => hours(count * 24);
const years = (count: number): number => days(count * 365);

export const retention = {
  /** A form nobody has touched, and one that was sent or given up. Business time. */
  untouchedDraftMs: days(30),
  endedDraftMs: days(3),
  /** What a case's people wrote, its names and its file ids, after it was archived, by how it ended. Business time. */
  caseMs: {
    closed: years(3),
    merged: years(3),
    declined: years(1),
    withdrawn: years(1),
    transferred: years(10),
  },
  /** Cards of an erased case are redrawn first; then what points at them goes as well. Business time. */
  erasedCardMs: days(1),
  /** A report that was stored and never became a case: longer than its draft lives. Real time. */
  orphanMs: days(31),
  /** Ids of handled updates, against repetition; updates that could not be handled. Real time. */
  handledUpdateMs: days(3),
  deadLetterMs: days(30),
  /** An invitation, from the day on which it can no longer be used; wrong tries from the last one on. Business time. */
  inviteMs: days(90),
  inviteTriesMs: days(1),
  /** Who changed what about people and departments, as the administrator reads it; the audit keeps the act. Business time. */
  staffLogMs: years(3),
  /** What was told to whom; what waits for somebody out of reach and belongs to no case: digests, news. Real time. */
  deliveryMs: days(90),
  /** What somebody looked for, and rows read from a file and not confirmed. Real time. */
  searchMs: days(7),
  importMs: days(7),
  /** What an administrator was about to change. Real time. */
  proposalMs: days(7),
  /** Which answers an update was given already: longer than it can be handled again, revived as a dead letter too. Real time. */
  answerMs: days(33),
  /** Whose turn it is, long after everybody went. Real time. */
  laneMs: days(1),
} as const;

type Class = keyof typeof retention;

/** What has no date of its own, and why. */
export type KeptWhy =
  /** Goes with its case; a tombstone of ids, dates and states stays, without a person. */
  | 'with-its-case'
  /** Until its person deletes the account, or the administrator takes the last role away. */
  | 'with-its-person'
  /** What the house is and by which numbers it counts: no person, no case. */
  | 'house'
  /** A chain that loses its beginning proves nothing; it holds ids and codes only. */
  | 'audit'
  /** Is gone once it was done. */
  | 'on-its-way';

/** Every collection of the store, and what it is kept by; a test knows when one is missing. */
export const keptBy: Readonly<Record<string, Class | KeptWhy>> = {
  cases: 'caseMs',
  identities: 'with-its-case',
  messages: 'with-its-case',
  letters: 'with-its-case',
  search_tokens: 'with-its-case',
  keys: 'with-its-case',
  cards: 'erasedCardMs',
  deliveries: 'deliveryMs',
  drafts: 'untouchedDraftMs',
  inbox: 'handledUpdateMs',
  answers: 'answerMs',
  searches: 'searchMs',
  imports: 'importMs',
  proposals: 'proposalMs',
  lanes: 'laneMs',
  invites: 'inviteMs',
  invite_tries: 'inviteTriesMs',
  staff_log: 'staffLogMs',
  people: 'with-its-person',
  enterprises: 'house',
  departments: 'house',
  routing: 'house',
  rankings: 'house',
  closings: 'house',
  rule_versions: 'house',
  calendar_imports: 'house',
  schedules: 'house',
  business_time: 'house',
  audit: 'audit',
  audit_anchors: 'audit',
  audit_waiting: 'on-its-way',
};

const endsByCase: Readonly<Partial<Record<CaseState, number>>> = retention.caseMs;

/** Takes the state a case was archived from and when, gives when its content is to be erased. */
export const eraseAtOf = (endedAs: CaseState | null, archivedAt: Date): Date =>
  new Date(archivedAt.getTime() + ((endedAs && endsByCase[endedAs]) ?? retention.caseMs.transferred));

/** The date of a case that an earlier version has archived without one. */
export function eraseAtByHistory({ history, filedAt }: CaseRecord): Date {
  const archived = history.findLast(({ transition }) => transition === 'archive');
  return eraseAtOf(archived?.from ?? null, archived?.at ?? filedAt);
}

export const isErased = (c: Pick<CaseRecord, 'erasedAt'>): boolean => c.erasedAt !== null;
