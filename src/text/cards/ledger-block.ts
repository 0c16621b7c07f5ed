/** The four quantities of the ledger: who is responsible, which measures, by when, how satisfied (the field's "5"). */
import { isWorkClock, runningClock, type CaseRecord, type CaseState } from '../../domain/case.js';
import { measuresIn } from '../../domain/forms/submit-form.js';
import { isCommission } from '../../domain/people.js';
import { isTolerated } from '../../domain/rates/closing.js';
import type { CardFacts } from '../../queries/load-card.js';
import { isDeclined } from '../../domain/survey.js';
import { bold, cut, lines, type Part, type Rich } from '../rich.js';
import { dateFor, dueFor, nameFor, type Reader } from '../reader.js';
import { surveyOutcome } from './survey-block.js';

const shownOfMeasures = 120;

/** From dispatch on a case stands in its department's ledger; before it nobody is responsible yet. */
const inLedger: readonly CaseState[] = [
  'dispatched',
  'returned',
  'handling',
  'waiting',
  'submitted',
  'closed',
  'archived',
];

/** The block of a card; staff only. The reporter reads the same in words of his own. */
export function ledgerBlock(facts: CardFacts, reader: Reader): Part | null {
  const { c, relation } = facts;
  if (relation === 'reporter' || c.department === null || !inLedger.includes(c.state)) return null;
  return lines(bold(reader.text.ledger.block), ledgerLines(facts, reader));
}

/** The four lines, for a card and for the list of a department. */
export function ledgerLines(facts: CardFacts, reader: Reader): Rich {
  const { ledger } = reader.text;
  const masked = facts.sight.content === 'masked';
  return lines(
    ledger.responsible(responsible(facts, reader)),
    masked ? null : ledger.measures(measures(facts, reader)),
    ledger.term(term(facts.c, reader)),
    satisfaction(facts, reader),
    isTolerated(facts.c) ? ledger.tolerated : null,
  );
}

function responsible({ c, departments, handlerName }: CardFacts, reader: Reader): string {
  const department = departments.find(({ code }) => code === c.department);
  return `${nameFor(reader, department)} · ${c.handlerId === null ? reader.text.ledger.unsigned : (handlerName ?? '—')}`;
}

function measures({ thread }: CardFacts, { text }: Reader): string {
  const result = thread.findLast(({ kind }) => kind === 'result');
  const said = result && measuresIn(result.text);
  return said === undefined ? text.ledger.noMeasures : cut(said.replaceAll('\n', ' '), shownOfMeasures);
}

function term(c: CaseRecord, reader: Reader): string {
  const { ledger, status } = reader.text;
  const clock = c.clocks.findLast(isWorkClock);
  if (c.state === 'waiting') return ledger.paused;
  if (!clock || c.state === 'dispatched' || c.state === 'returned')
    return ledger.promised(dateFor(reader, c.promisedAt, c.provisional));
  const due = dueFor(reader, c, clock);
  if (clock.stoppedAt === null) return clock.dueAt < reader.now ? `${due} ${status.overdue}` : due;
  const submitted = { due, at: dateFor(reader, clock.stoppedAt) };
  return clock.stoppedAt <= clock.dueAt ? ledger.inTime(submitted) : ledger.late(submitted);
}

function satisfaction({ c, relation }: CardFacts, reader: Reader): Part {
  const { ledger } = reader.text;
  const outcome = c.survey && surveyOutcome(c.survey, reader, isCommission(relation));
  if (outcome) return outcome;
  if (c.survey === null || (c.state !== 'closed' && c.state !== 'archived'))
    return ledger.satisfaction(ledger.surveyLater);
  if (isDeclined(c.survey)) return ledger.satisfaction(ledger.surveyDeclined);
  return ledger.satisfaction(runningClock(c, 'survey') ? ledger.surveyOpen : ledger.surveyNone);
}
