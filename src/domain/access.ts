/** Who may look behind a case's name beyond his role, and what the reporter was told and asked about it (rules §6). Pure. */
import type { CaseRecord } from './case.js';
import type { Role } from './people.js';
import { confidentialities, type Confidentiality } from './taxonomy.js';

/** A second pair of eyes on a locked name: asked for by one person of the commission, approved by another. */
export interface Unmask {
  readonly state: 'asked' | 'seen' | 'refused' | 'ended';
  readonly askedBy: string;
  readonly askedAs: Role;
  readonly askedAt: Date;
  /** The text that says why; the reporter reads it when he is told. */
  readonly reasonId: string;
  readonly approvedBy: string | null;
  /** While asked: until when it can be approved. While seen: until when the name shows. */
  readonly endsAt: Date;
  /** When the reporter is told, where a supervisor put that off; null: at once. */
  readonly tellAt: Date | null;
}

/** That the name was seen: what the reporter is told of it. */
export interface Unmasking {
  readonly reasonId: string;
  readonly at: Date;
  readonly askedAs: Role;
  readonly approvedAs: Role;
  readonly tellAt: Date | null;
  readonly toldAt: Date | null;
}

/** A duty officer's wish that the reporter show his name to more people. */
export interface LowerAsked {
  readonly level: Confidentiality;
  readonly at: Date;
}

export interface Access {
  /** The latest request to see a locked name, whatever became of it. */
  readonly unmask: Unmask | null;
  readonly unmaskings: readonly Unmasking[];
  readonly lowerAsked: LowerAsked | null;
  /** Files of the enterprise that were given to the department one by one, as `message#place`. */
  readonly releasedFiles: readonly string[];
  /** Files that came with a message while a department had the case, until they are released; a case of an older version has none. */
  readonly waitingFiles?: readonly { readonly key: string; readonly at: Date }[];
  /** Contacts of the enterprise when it was filed: as staff they have nothing to do with the case. */
  readonly interestedIds: readonly string[];
  /** The duty officer could not verify the enterprise. */
  readonly doubtedAt?: Date | null;
}

export const untouchedAccess: Access = {
  unmask: null,
  unmaskings: [],
  lowerAsked: null,
  releasedFiles: [],
  interestedIds: [],
};

/**
 * Promised to the reporter in words before he sends, so no administrator moves them with the other numbers.
 * Natural minutes and days.
 */
export const unmaskLimits = { viewMinutes: 15, requestStandsDays: 3, longestDeferralDays: 90 } as const;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const minutesAfter = (from: Date, minutes: number): Date =>
  new Date(from.getTime() + minutes * minuteMs);
export const daysAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * dayMs);

/** Whether the locked name shows to this very person at this instant: he asked or approved, and the time is not over. */
export function seesUnmasked({ access: { unmask } }: CaseRecord, personId: string, now: Date): boolean {
  if (unmask?.state !== 'seen' || now >= unmask.endsAt) return false;
  return unmask.askedBy === personId || unmask.approvedBy === personId;
}

/** What the reporter has been told of. */
export const toldUnmaskings = (c: CaseRecord): readonly Unmasking[] =>
  c.access.unmaskings.filter(({ toldAt }) => toldAt !== null);

/** From when on the reporter is not told yet that his name was seen: a supervisor put that off (rules §6). */
export const firstUntold = ({ access: { unmaskings } }: CaseRecord): Date | null =>
  unmaskings.find(({ toldAt }) => toldAt === null)?.at ?? null;

/** What the clock owes: a request or a look that is over, or the reporter who is to be told now. */
export function dueAccess(c: CaseRecord, now: Date): 'end-unmask' | 'tell-unmask' | null {
  if (endOf(c) !== null && (endOf(c) ?? now) <= now) return 'end-unmask';
  return untold(c).some((at) => at <= now) ? 'tell-unmask' : null;
}

/** The instants at which the clock owes something. */
export function accessInstants(c: CaseRecord): readonly Date[] {
  const end = endOf(c);
  return [...(end === null ? [] : [end]), ...untold(c)];
}

function endOf({ access: { unmask } }: CaseRecord): Date | null {
  return unmask?.state === 'asked' || unmask?.state === 'seen' ? unmask.endsAt : null;
}

const untold = (c: CaseRecord): readonly Date[] =>
  c.access.unmaskings.flatMap(({ toldAt, tellAt }) => (toldAt === null && tellAt !== null ? [tellAt] : []));

/** What changes the level: the reporter by himself, or when he agrees to what he was asked. */
export const isLevelChange = (transition: string): boolean =>
  transition === 'set-confidentiality' || transition === 'agree-lower';

/** Lower means: more people see the name. */
export const isLower = (level: Confidentiality, than: Confidentiality): boolean =>
  confidentialities.indexOf(level) < confidentialities.indexOf(than);

/** What a duty officer has asked for and the reporter can still agree to. */
export const openLowering = (c: CaseRecord): Confidentiality | null =>
  c.access.lowerAsked && isLower(c.access.lowerAsked.level, c.confidentiality)
    ? c.access.lowerAsked.level
    : null;
