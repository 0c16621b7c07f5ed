/** The one sentence that says where a case stands and what comes next, for the reporter and for staff. */
import { isSurveyOpen, runningClock, type CaseRecord, type CaseState } from '../../domain/case.js';
import { workClockNames, type ClockName } from '../../domain/clock-names.js';
import { isDepartment } from '../../domain/people.js';
import { endsInReceipt } from '../../domain/taxonomy.js';
import { isDeclined, nextQuestion } from '../../domain/survey.js';
import type { CardFacts } from '../../queries/load-card.js';
import type { Dated } from '../catalog.js';
import { dateFor, dueFor, nameFor, type Reader } from '../reader.js';

export function statusLine(facts: CardFacts, reader: Reader): string {
  return facts.relation === 'reporter' ? forReporter(facts, reader) : forStaff(facts, reader);
}

/** The clock that the sentence of a state speaks of; the first of them that runs. */
const spokenOf: Readonly<Partial<Record<CaseState, readonly ClockName[]>>> = {
  filed: ['dispatch'],
  returned: ['dispatch'],
  dispatched: ['sign'],
  handling: workClockNames,
  submitted: ['check'],
  sealed: ['sealed-answer', 'sealed-decision'],
  transferred: ['receipt'],
};

function dated({ c, departments }: CardFacts, reader: Reader): Dated {
  const department = departments.find((one) => one.code === c.department);
  const clock = spokenOf[c.state]?.map((name) => runningClock(c, name)).find((running) => running);
  const paused = c.state === 'supplement' || c.state === 'waiting';
  return {
    due: paused ? dateFor(reader, c.pauseUntil) : dueFor(reader, c, clock),
    promised: dateFor(reader, c.promisedAt, c.provisional),
    department: nameFor(reader, department),
  };
}

function forReporter(facts: CardFacts, reader: Reader): string {
  const { c } = facts;
  const status = reader.text.status.reporter;
  const dates = dated(facts, reader);
  switch (c.state) {
    case 'filed':
      if (endsInReceipt(c.kind)) return status.received;
      return c.kind === 'consultation' ? status.consultation(dates) : status.filed(dates);
    case 'supplement':
    case 'dispatched':
    case 'returned':
    case 'handling':
    case 'waiting':
    case 'submitted':
      return status[c.state](dates);
    case 'closed':
      return status[closedOf(c)];
    case 'sealed':
      return runningClock(c, 'sealed-answer') ? status.sealed(dates) : status.sealedAnswered(dates);
    case 'declined':
    case 'withdrawn':
    case 'archived':
    case 'merged':
    case 'transferred':
      return status[c.state];
  }
}

/** What came of the survey, where a case is struck off. */
function closedOf(c: CaseRecord): 'closed' | 'closedDone' | 'closedDeclined' | 'closedUnanswered' {
  if (c.survey && isDeclined(c.survey)) return 'closedDeclined';
  if (c.survey && nextQuestion(c.survey) === 'done') return 'closedDone';
  return isSurveyOpen(c) ? 'closed' : 'closedUnanswered';
}

function forStaff(facts: CardFacts, reader: Reader): string {
  const { c, relation } = facts;
  const status = reader.text.status.staff;
  const dates = dated(facts, reader);
  // Signing, contact and result are the lead's.
  if (relation === 'co-officer' && (c.state === 'dispatched' || c.state === 'handling')) {
    if (!facts.offered.includes('finish-task')) return status.coDone(dates);
    return c.state === 'handling' ? status.coHandling(dates) : status.coDispatched(dates);
  }
  switch (c.state) {
    case 'filed':
      return endsInReceipt(c.kind) ? status.received : status.filed(dates);
    case 'dispatched':
      return isDepartment(relation) ? status.dispatchedOwn(dates) : status.dispatched(dates);
    case 'returned':
      return isDepartment(relation) ? status.returnedDepartment : status.returned(dates);
    case 'transferred':
      return runningClock(c, 'receipt') ? status.transferred(dates) : status.transferredDone;
    case 'supplement':
    case 'waiting':
    case 'sealed':
      return status[c.state](dates);
    case 'handling': {
      const contact = runningClock(c, 'contact');
      const handling = isDepartment(relation) ? status.handlingOwn(dates) : status.handling(dates);
      if (c.signOffAskedAt) return `${status.signOff}\n${handling}`;
      return contact
        ? `${status.contact({ ...dates, due: dueFor(reader, c, contact) })}\n${handling}`
        : handling;
    }
    case 'submitted':
      return isDepartment(relation) ? status.submittedDepartment : status.submitted(dates);
    case 'closed':
      return status[closedOf(c)];
    case 'declined':
    case 'withdrawn':
    case 'archived':
    case 'merged':
      return status[c.state];
  }
}
