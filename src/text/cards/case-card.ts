/** The card of a case for one viewer: what happened, what is next, by when, who sees what. */
import type { Look } from '../../domain/audit.js';
import type { CaseRecord } from '../../domain/case.js';
import { dueClock, isOverdue } from '../../domain/due-clock.js';
import { letterNumber, unexplained } from '../../domain/letters.js';
import { endsInReceipt } from '../../domain/taxonomy.js';
import { withLabels } from '../../domain/forms/submit-form.js';
import { isErased } from '../../domain/retention.js';
import { isCommission, isTakenFrom, type Viewer } from '../../domain/people.js';
import type { CardFacts, Said } from '../../queries/load-card.js';
import { blocks, bold, cut, italic, lines, quote, rich, type Part, type Rich } from '../rich.js';
import { dateFor, labelled, nameFor, type Reader } from '../reader.js';
import { view, type View } from '../view.js';
import { cardButtons } from './case-buttons.js';
import { shownMessages, shownOfMessage, shownOfReport } from './excerpt.js';
import { identityBlock, maskLine } from './identity-block.js';
import { exclusionLine } from '../screens/exclusion-screens.js';
import { ledgerBlock } from './ledger-block.js';
import { statusLine } from './status.js';
import { hintLines, originLine } from './duplicate-hints.js';
import { surveyBlock } from './survey-block.js';

/** Reporters know their own report: news and the survey show only its beginning. */
const shownInNews = 60;

/** Renders a card; `headline` says why it is shown now, for a notice. */
export function caseCard(facts: CardFacts, reader: Reader, headline?: string): View {
  const body = blocks(
    headline === undefined ? null : bold(headline),
    lines(title(facts, reader), statusLine(facts, reader), marks(facts, reader)),
    identityBlock(facts, reader),
    reportBlock(facts, reader, headline !== undefined),
    threadBlock(facts, reader),
    explanationLine(facts, reader, headline),
    supervisionLines(facts, reader),
    proposalLine(facts, reader),
    originLine(facts, reader),
    exclusionLine(facts, reader),
    hintLines(facts, reader),
    ledgerBlock(facts, reader),
    surveyBlock(facts, reader),
  );
  const { c, role } = facts;
  return {
    ...view(body, cardButtons(facts, reader)),
    looks: identityLooks(facts),
    shows: { caseId: c.id, rev: c.rev, role },
  };
}

/** Everybody's look at a name, but his own, is kept (rules §6). */
const identityLooks = ({ c, relation, sight }: CardFacts): readonly Look[] =>
  sight.identity && relation !== 'reporter' ? [{ what: 'identity', caseId: c.id }] : [];

/** What stands in place of a card whose reader lost it. Who had lost it before must not learn that it was sealed (rules §2, seal). */
export const goneCard = (c: CaseRecord, viewer: Viewer, { text }: Reader): View => ({
  ...view(lines(bold(c.number), isTakenFrom(viewer, c) ? text.status.takenOver : text.status.gone)),
  shows: { caseId: c.id, rev: c.rev, role: viewer.role },
});

function title({ c }: CardFacts, { text }: Reader): Part {
  const urgent = c.urgent ? `⚡${text.words.urgent} · ` : '';
  return rich(
    bold(c.number),
    ` · ${urgent}${c.kind === 'complaint' ? text.words.state[c.state] : text.words.kind[c.kind]}`,
  );
}

function marks(facts: CardFacts, reader: Reader): Part | null {
  const { c, relation } = facts;
  const { words, card, status } = reader.text;
  const clock = dueClock(c, relation);
  const late = isOverdue(clock, reader.now) ? status.overdueOf(words.clock[clock.name]) : null;
  if (relation === 'reporter') return late;
  const conduct = c.conduct ? words.conduct[c.conduct] : words.conductOpen;
  const kind = c.kind === 'complaint' ? conduct : words.kind[c.kind];
  const tier = c.kind === 'consultation' ? null : words.tier[c.tier];
  const about = [words.domain[c.domain], kind, tier, words.confidentiality[c.confidentiality]];
  const pressed = [
    c.pressure > 0 ? card.pressure(c.pressure) : null,
    c.redoCount > 0 ? card.redoCount(c.redoCount) : null,
    c.urgeCount > 0 ? card.urgeCount(c.urgeCount) : null,
  ].filter((mark) => mark !== null);
  return lines(
    about.filter((part) => part !== null).join(' · '),
    pressed.length > 0 ? pressed.join(' · ') : null,
    late,
  );
}

function reportBlock(facts: CardFacts, reader: Reader, news: boolean): Part | null {
  const { text } = reader;
  if (facts.sight.content === 'masked') return italic(text.card.masked);
  if (isErased(facts.c)) return italic(text.keeping.erased);
  if (!facts.report) return null;
  const rewritten = facts.departmentText;
  return lines(
    quote(cut(facts.report.text, news && facts.relation === 'reporter' ? shownInNews : shownOfReport)),
    facts.report.files.length > 0 ? text.card.withFiles(facts.report.files.length) : null,
    facts.heldFiles > 0 ? italic(text.card.filesHeld(facts.heldFiles)) : null,
    rewritten === null
      ? null
      : lines(labelled(reader, text.card.departmentReads).trimEnd(), quote(cut(rewritten, shownOfMessage))),
    maskLine(facts, reader),
  );
}

function threadBlock(facts: CardFacts, reader: Reader): Rich | null {
  const recent = facts.thread.slice(-shownMessages);
  if (recent.length === 0) return null;
  return lines(bold(reader.text.card.thread), ...recent.map((said) => saidLine(said, reader)));
}

function saidLine(said: Said, reader: Reader): Part {
  const text = said.text === '' ? null : quote(inWords(said, cut(said.text, shownOfMessage), reader));
  const held = said.heldFiles > 0 ? italic(reader.text.card.filesComing(said.heldFiles)) : null;
  return lines(italic(saidHead(said, reader)), text, said.kind === 'report' ? null : held);
}

/** The measures and the missing evidence of a result by their names. */
function inWords({ kind }: Said, text: string, reader: Reader): string {
  const { forms } = reader.text;
  return kind === 'result'
    ? withLabels(text, {
        measures: labelled(reader, forms.measuresLabel),
        evidence: labelled(reader, forms.evidenceLabel),
        noEvidence: forms.noEvidence(''),
      })
    : text;
}

function saidHead(said: Said, reader: Reader): string {
  const { card } = reader.text;
  const speaker = said.own ? card.speaker.own : card.speaker[said.side];
  const files = said.files.length > 0 ? ` ${card.withFiles(said.files.length)}` : '';
  const kind = said.kind === 'private' && said.side === 'commission' ? 'message' : said.kind;
  return `${speaker} · ${card.kinds[kind]} · ${dateFor(reader, said.at)}${files}`;
}

/** The report and the whole conversation as this viewer may read them; a card shows only the beginning and the end. */
export const fullText = ({ report, thread }: CardFacts, reader: Reader): string =>
  [
    ...(report ? [report.text] : []),
    ...thread.map((said) =>
      lines(
        saidHead(said, reader),
        inWords(said, said.text, reader),
        said.heldFiles > 0 ? reader.text.card.filesComing(said.heldFiles) : null,
      ).text.trim(),
    ),
  ].join('\n\n');

/** A supervision letter that waits for its answer, on every card but the one whose headline brings it. */
function explanationLine({ c, letters }: CardFacts, reader: Reader, headline = ''): string | null {
  const letter = unexplained(c, letters);
  const by = letter?.facts.answerBy;
  if (!letter || !by || headline.includes(letterNumber(letter))) return null;
  const { answerByProvisional = false } = letter.facts;
  return reader.text.card.explanationOwed({
    number: letterNumber(letter),
    by: dateFor(reader, by, answerByProvisional),
  });
}

/** Co-departments, extension, listing, leader in charge: what presses on the case besides its clock. */
function supervisionLines({ c, departments, relation }: CardFacts, reader: Reader): Part | null {
  const { card } = reader.text;
  const nameOf = (code: string): string =>
    nameFor(
      reader,
      departments.find((one) => one.code === code),
    );
  const tasks = c.tasks.map(
    (task) => `${nameOf(task.department)} (${task.doneAt ? card.taskDone : card.taskOpen})`,
  );
  return lines(
    tasks.length > 0 ? `🤝 ${labelled(reader, card.tasks)}${tasks.join(' · ')}` : null,
    c.extension && relation !== 'reporter' ? card.extensionAsked(c.extension.days) : null,
    c.listedAt ? card.listed : null,
    c.leaderId ? card.leaderInCharge : null,
    c.heldAt && isCommission(relation) ? reader.text.keeping.held : null,
  );
}

function proposalLine({ c, relation, departments }: CardFacts, reader: Reader): Part | null {
  const { text, language } = reader;
  if (!isCommission(relation) || c.state !== 'filed' || endsInReceipt(c.kind) || c.proposal === null)
    return null;
  const names = c.proposal.departments.map(
    (code) => departments.find((department) => department.code === code)?.name[language] ?? code,
  );
  return names.length > 0
    ? `💡 ${labelled(reader, text.card.proposal)}${names.join(' / ')} · ${text.words.tier[c.proposal.tier]}`
    : `💡 ${text.card.noProposal}`;
}
