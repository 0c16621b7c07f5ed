/** Whether somebody can have cases in hand: no case without a living person (rules §2, reassign). Pure. */
import { after, type TimeRules } from './clocks.js';
import type { Viewer } from './people.js';
import type { Person } from './person.js';

export type Absence = 'left' | 'away' | 'unreachable';

/** Far enough to mean "for good". */
export const forGood = new Date('9999-12-31T00:00:00Z');

/** Why somebody cannot hold cases of a department now; null when he can. */
export function absenceOf(
  person: Person | null,
  department: string,
  now: Date,
  rules: TimeRules,
): Absence | null {
  const holds = person?.grants.some(
    ({ role, department: of }) => of === department && (role === 'officer' || role === 'head'),
  );
  if (!person || !holds) return 'left';
  if (person.awayUntil && person.awayUntil > now) return person.awayUntil >= forGood ? 'left' : 'away';
  return isLost(person, now, rules) ? 'unreachable' : null;
}

function isLost({ reachable, unreachableSince }: Person, now: Date, { rules, time }: TimeRules): boolean {
  if (reachable || !unreachableSince) return false;
  return after(unreachableSince, rules.morning.watch.unreachableFor, time) <= now;
}

/** Who may hand cases of a department over: its head, and the duty officer (rules §2, reassign). */
export const mayHandOver = (viewer: Viewer, department: string): boolean =>
  viewer.role === 'duty' || (viewer.role === 'head' && (viewer.departments ?? []).includes(department));
