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
  /** What was told to whom. Real time. */
  deliveryMs: days(90),
  /** What somebody looked for, and rows read from a file and not confirmed. Real time. */
  searchMs: days(7),
  importMs: days(7),
} as const;

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
