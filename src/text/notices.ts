/** The headline of a notice: why the card is shown now. */
import type { CaseRecord, OutboxEntry } from '../domain/case.js';
import { letterNumber } from '../domain/letters.js';
import { readMove } from '../domain/promise.js';
import type { CardFacts } from '../queries/load-card.js';
import { noticeNames, type NoticeName } from './catalog.js';
import { dueFor, type Reader } from './reader.js';

const isNoticeName = (event: string): event is NoticeName => noticeNames.some((name) => name === event);

/** What a notice asks for holds only so long; delivered later, it has to say that the case has moved on. */
const asksWhile: Readonly<Partial<Record<NoticeName, (c: CaseRecord) => boolean>>> = {
  triage: (c) => c.state === 'filed',
  dispatched: (c) => c.state === 'dispatched',
  raised: (c) => c.state === 'dispatched',
  'sign-off-asked': (c) => c.signOffAskedAt !== null,
  submitted: (c) => c.state === 'submitted',
  'extension-asked': (c) => c.extension !== null,
};

/** Takes an event and, for a timed one, its clock and step; gives one headline in the reader's language. */
export function headlineOf(
  event: string,
  clock: OutboxEntry['clock'] | null,
  facts: CardFacts,
  reader: Reader,
): string {
  const { text } = reader;
  const told = readMove(event);
  if (isNoticeName(told.event)) {
    // Heads hear of it, officers sign (rules §2).
    const forHead = told.event === 'dispatched' && facts.relation === 'head';
    const headline = forHead ? text.notices.dispatchedHead : text.notices[told.event];
    const { moved, movedBy, overtaken } = text.notices;
    const under = [
      ...(asksWhile[told.event]?.(facts.c) === false ? [overtaken] : []),
      ...(told.why
        ? [moved(told.why.map((one) => movedBy[one]).join(reader.language === 'zh' ? '、' : ' and '))]
        : []),
    ];
    return [headline, ...under].join('\n');
  }
  if (!clock) return text.notices.message;
  const running = facts.c.clocks.find(
    (one) => one.name === clock.name && one.generation === clock.generation,
  );
  const headline = text.notices.clock({ clock: text.words.clock[clock.name], step: clock.step });
  // Letters and acknowledgements belong to the department's work; elsewhere the step is a plain escalation (rules §4).
  const work = clock.name === 'resolve' || clock.name === 'redo';
  const written = facts.letters.find(
    (one) =>
      one.kind === 'supervision' &&
      one.clock?.name === clock.name &&
      one.clock.generation === clock.generation &&
      one.clock.step === clock.step,
  );
  const letter = written ? `\n${text.notices.fileLetter(letterNumber(written))}` : '';
  const acknowledge = work && clock.step === 'E1' ? `\n${text.notices.acknowledge}` : '';
  const due = clock.name === 'survey' ? '' : `\n${text.lists.due(dueFor(reader, facts.c, running))}`;
  return `${headline}${due}${letter}${acknowledge}`;
}
