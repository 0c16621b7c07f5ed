/** The promised date: how it follows what happens to a case, and why it moved, as its reporter is told (rules §3). Pure. */
import { runningClock, runningWorkClock, type CaseRecord, type Clock } from './case.js';
import type { ClockName } from './clock-names.js';
import { after, limitOf, type TimeRules } from './clocks.js';
import { tiers } from './taxonomy.js';

export const moveReasons = [
  'dispatched-late',
  'asked-more',
  'given-back',
  'appealed',
  'unsealed',
  'tier',
  'signed-late',
] as const;
export type MoveReason = (typeof moveReasons)[number];

/** The department's work that begins or moves says when it is promised; before that what is left until then does. */
export function promisedAfter(before: CaseRecord, c: CaseRecord, rules: TimeRules): CaseRecord {
  const isNew = ({ name, generation }: Clock): boolean =>
    before.clocks.every((old) => old.name !== name || old.generation !== generation);
  const work = runningWorkClock(c);
  if (work) return isNew(work) ? promised(c, work.startedAt, work.dueAt, rules) : c;
  const sign = runningClock(c, 'sign');
  if (!sign || (!isNew(sign) && before.tier === c.tier)) return c;
  const at = afterSigning(c, sign, rules);
  // Dispatched early, it is still promised what it was: the department has its whole time to sign.
  const isKept = c.promisedAt !== null && c.promisedAt >= at && !sinceGiven(before).includes('set-tier');
  return isKept ? c : promised(c, sign.startedAt, at, rules);
}

/** When the work of a case that is signed at the last moment is due. */
export const afterSigning = (c: CaseRecord, sign: Pick<Clock, 'dueAt'>, { rules, time }: TimeRules): Date =>
  after(sign.dueAt, limitOf('resolve', c, rules), time);

const promised = (c: CaseRecord, since: Date, at: Date, { time }: TimeRules): CaseRecord => ({
  ...c,
  promisedAt: at,
  provisional: time.isProvisional(since, at),
});

/** What is told to the reporter anyway, and says by itself nothing of a date; the others say that it moved, and why. */
const toldBeside: readonly string[] = [
  'progress-dispatched',
  'progress-raised',
  'progress-co-department',
  'signed',
  'lapsed-wait',
];

/** Takes an event that is told of a change, gives it with the reasons where the change has moved the promised date later. */
export function withMove(event: string, before: CaseRecord, next: CaseRecord, now: Date): string {
  const isLater =
    before.promisedAt !== null && next.promisedAt !== null && next.promisedAt > before.promisedAt;
  return isLater && toldBeside.includes(event) ? `${event}+${reasonsOf(before, now).join('.')}` : event;
}

/** An event as it was told, and why the date moved with it; null where it did not. */
export function readMove(told: string): {
  readonly event: string;
  readonly why: readonly MoveReason[] | null;
} {
  const [event = '', why] = told.split('+');
  const named = why?.split('.') ?? null;
  return { event, why: named && moveReasons.filter((reason) => named.includes(reason)) };
}

/** Why it is later, from the last time a department was given the case: what was late, and what came in between. */
function reasonsOf(c: CaseRecord, now: Date): readonly MoveReason[] {
  const between = sinceGiven(c);
  const isLate = (name: ClockName): boolean => (runningClock(c, name)?.dueAt ?? now) < now;
  const applies: Readonly<Record<MoveReason, boolean>> = {
    'dispatched-late': isLate('dispatch'),
    'asked-more': between.includes('ask-more'),
    'given-back': between.includes('return') || between.includes('take-back'),
    appealed: between.includes('appeal'),
    unsealed: between.includes('unseal'),
    tier: between.includes('set-tier') && tiers.indexOf(c.tier) > tiers.indexOf(c.proposal?.tier ?? c.tier),
    'signed-late': isLate('sign'),
  };
  return moveReasons.filter((reason) => applies[reason]);
}

const givesDate: readonly string[] = ['dispatch', 'raise', 'sign', 'turn-into-case'];

/** What has happened to a case since a date was last given with a change of its own. */
function sinceGiven({ history }: CaseRecord): readonly string[] {
  const given = history.findLastIndex(({ transition }) => givesDate.includes(transition));
  return history.slice(given + 1).map(({ transition }) => transition);
}
