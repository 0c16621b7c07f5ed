/** Which date of a case somebody is shown: on the card, in lists and in the digest the same one. Pure. */
import { firstDue, mainClock, type CaseRecord, type Clock } from './case.js';
import type { ClockName } from './clock-names.js';
import { isCommission, type Relation } from './people.js';

const ofNobody: readonly ClockName[] = ['survey', 'look-back'];
const ofCommission: readonly ClockName[] = [
  'dispatch',
  'check',
  'sealed-answer',
  'sealed-decision',
  'receipt',
];
const ofWork: readonly ClockName[] = ['resolve', 'redo'];
/** What staff owe each other is not owed to the reporter. */
const amongStaff: readonly ClockName[] = ['list-report', 'charge-report', 'receipt'];

/** The running clock that falls due first among those a relation answers for; the supervisor answers for all. */
export function ownClock(c: CaseRecord, relation: Relation): Clock | undefined {
  return firstDue(c, (name) => {
    if (ofNobody.includes(name)) return false;
    if (relation === 'supervisor') return true;
    if (relation === 'reporter') return !amongStaff.includes(name);
    if (relation === 'co-officer') return ofWork.includes(name);
    return ofCommission.includes(name) === isCommission(relation);
  });
}

/** … where he answers for none, what others owe first. */
export const dueClock = (c: CaseRecord, relation: Relation): Clock | undefined =>
  ownClock(c, relation) ?? (relation === 'reporter' ? undefined : mainClock(c));

/** The survey ends; nobody is late with it. */
export const isOverdue = (clock: Clock | undefined, now: Date): clock is Clock =>
  clock !== undefined && clock.name !== 'survey' && clock.dueAt < now;
