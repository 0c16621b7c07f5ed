/** The morning of a working day: the digest that stands for single pings, and who no longer holds his cases (rules §4). Pure. */
import type { Audience, CaseRecord, Clock } from './case.js';
import { before, type TimeRules } from './clocks.js';
import type { Span } from './clock-limits.js';
import { offeredTransitions } from './decide.js';
import { ownClock } from './due-clock.js';
import { nextWake } from './due-steps.js';
import { ladderSteps } from './ladder.js';
import { isCommission, isDepartment, relationOf, type Relation, type Role, type Viewer } from './people.js';

/** Who gets a digest. */
export const digestRoles: readonly Role[] = ['officer', 'head', 'duty', 'supervisor'];

/** A morning: when its digest is due, when the day opens, and the same of the next working day. */
export interface Morning {
  readonly slot: Date;
  readonly opening: Date;
  readonly nextSlot: Date;
  readonly nextOpening: Date;
}

/** The first instant after another one that lies a span before a working day opens. */
export const nextSlot = (after: Date, beforeOpening: Span, { time }: TimeRules): Date => {
  const leadMs = after.getTime() - before(after, beforeOpening, time).getTime();
  return before(time.dayOpeningAfter(new Date(after.getTime() + leadMs)), beforeOpening, time);
};

const digestAfter = (after: Date, rules: TimeRules): Date =>
  nextSlot(after, rules.rules.morning.digest.beforeOpening, rules);

/** The morning a digest is due at. */
export const morningOf = (slot: Date, rules: TimeRules): Morning => {
  const opening = rules.time.dayOpeningAfter(slot);
  const nextOpening = rules.time.dayOpeningAfter(opening);
  return { slot, opening, nextSlot: digestAfter(slot, rules), nextOpening };
};

/** The morning whose digest still stands at an instant: until the next one comes. */
export const standingMorning = (now: Date, rules: TimeRules): Morning => {
  const next = digestAfter(now, rules);
  return { slot: now, opening: now, nextSlot: next, nextOpening: rules.time.dayOpeningAfter(next) };
};

/** Whether a newer digest is due, which tells what is left of this one: it is not sent any more, or one would say it twice. */
export const isOver = (morning: Morning, now: Date): boolean => now >= morning.nextSlot;

export interface DigestItem {
  readonly c: CaseRecord;
  readonly clock: Clock | null;
}

/** What somebody has before him today; each case stands once, in the first group it belongs to. */
export interface Digest {
  readonly late: readonly DigestItem[];
  readonly today: readonly DigestItem[];
  /** Reminders that would otherwise have come one by one. */
  readonly reminded: readonly DigestItem[];
  readonly waiting: readonly DigestItem[];
}

export const isEmpty = (digest: Digest): boolean =>
  Object.values(digest).every((items: readonly DigestItem[]) => items.length === 0);

/** Takes cases, a viewer and his morning, gives his digest: late, due before the next working day, reminded, waiting for him. */
export function digestOf(
  cases: readonly CaseRecord[],
  viewer: Viewer,
  morning: Morning,
  rulesOf: (c: CaseRecord) => TimeRules,
): Digest {
  const groups: Record<keyof Digest, DigestItem[]> = { late: [], today: [], reminded: [], waiting: [] };
  for (const c of cases) {
    const relation = relationOf(viewer, c);
    if (!isDepartment(relation) && !isCommission(relation)) continue;
    const clock = ownClock(c, relation) ?? null;
    const group = groupOf(c, clock, { viewer, relation, morning, rules: rulesOf(c) });
    if (group) groups[group].push({ c, clock });
  }
  return groups;
}

interface Place {
  readonly viewer: Viewer;
  readonly relation: Relation;
  readonly morning: Morning;
  readonly rules: TimeRules;
}

function groupOf(
  c: CaseRecord,
  clock: Clock | null,
  { viewer, relation, morning, rules }: Place,
): keyof Digest | null {
  if (clock && clock.dueAt <= morning.slot) return 'late';
  if (clock && clock.dueAt < morning.nextOpening) return 'today';
  if (remindersOf(c, morning, rules).some(({ to }) => to.some((audience) => audience === relation)))
    return 'reminded';
  return waitsFor(c, viewer, { relation, now: morning.slot, rules }) ? 'waiting' : null;
}

/** Decisions that stay undone until this very person makes them. */
const decisions: readonly string[] = [
  'dispatch',
  'sign',
  'contact',
  'close',
  'acknowledge',
  'finish-task',
  'grant-extension',
  'unseal',
  'transfer',
  'enter-receipt',
];

function waitsFor(
  c: CaseRecord,
  viewer: Viewer,
  { relation, now, rules }: { readonly relation: Relation; readonly now: Date; readonly rules: TimeRules },
): boolean {
  return offeredTransitions(c, viewer, now, rules).some(
    ({ name }) => decisions.includes(name) || (name === 'submit' && relation === 'head'),
  );
}

const mergeable: readonly string[] = ['R1', 'R2'];

/** A step that would ring at the opening, and whom it would reach. */
export interface MorningReminder {
  readonly clock: Clock;
  readonly step: string;
  readonly to: readonly Audience[];
}

/** R1 and R2 that fall between the digest and the opening; an urgent case's reminders never wait for a digest. */
function remindersOf(
  c: CaseRecord,
  { slot, opening }: Morning,
  rules: TimeRules,
): readonly MorningReminder[] {
  if (c.urgent) return [];
  return c.clocks
    .filter(({ name, stoppedAt }) => stoppedAt === null && (name === 'resolve' || name === 'redo'))
    .flatMap((clock) =>
      ladderSteps(c, clock, rules)
        .filter(({ step, at }) => mergeable.includes(step) && at > slot && at <= opening)
        .map(({ step, to }) => ({ clock, step, to })),
    );
}

/** The reminders that a digest can stand for. A clock that has something graver due by the opening keeps its own notice. */
export const tellableReminders = (
  c: CaseRecord,
  morning: Morning,
  rules: TimeRules,
): readonly MorningReminder[] =>
  remindersOf(c, morning, rules).filter(({ clock, step }) => {
    if (clock.stepsDone.includes(step)) return false;
    return ladderSteps(c, clock, rules).every(
      (other) => other.at > morning.opening || mergeable.includes(other.step),
    );
  });

/** Counts reminders of a case that the digest told as told, so that they do not come again as single pings. */
export function countAsTold(
  c: CaseRecord,
  told: readonly MorningReminder[],
  morning: Morning,
  rules: TimeRules,
): CaseRecord {
  const clocks = c.clocks.map((clock) => ({
    ...clock,
    stepsDone: [...clock.stepsDone, ...told.filter((one) => one.clock === clock).map(({ step }) => step)],
  }));
  const rev = c.rev + 1;
  const entry = {
    rev,
    at: morning.slot,
    transition: 'timed',
    by: 'system',
    relation: 'system' as const,
    causeId: null,
    from: c.state,
    to: c.state,
    messageIds: [],
    detail: `${told.map(({ step }) => step).join(' ')} digest`,
  };
  const next: CaseRecord = { ...c, rev, clocks, history: [...c.history, entry] };
  return { ...next, wakeAt: nextWake(next, rules) };
}
