/** One screen per step of a report (design §2.2): what is asked, and the buttons that answer it. */
import {
  confidentialityChoices,
  departmentReaderOf,
  isIntegrity,
  isNameless,
  type ReportAnswers,
} from '../../domain/forms/report-form.js';
import { conducts, domains, endsInReceipt, kinds, type Confidentiality } from '../../domain/taxonomy.js';
import { identityReaders, type IdentityReader } from '../../domain/visibility.js';
import type { NamePreview } from '../../queries/preview-readers.js';
import { blocks, bold, cut, italic, lines, quote, rich, type Part } from '../rich.js';
import type { Department } from '../../queries/load-card.js';
import { exclusionStep, wishWords } from './exclusion-screens.js';
import { labelled, nameFor, type Reader } from '../reader.js';
import { inRows, view, type Button, type View } from '../view.js';

export interface Shown {
  readonly draftId: string;
  readonly rev: number;
  readonly step: string;
  /** For the step that says who must not see it. */
  readonly departments?: readonly Department[];
  /** Who else will see the name; for the last screen before sending. */
  readonly preview?: NamePreview;
}

const shownText = 900;

/** Until its reporter has gone on with it, a report that began with mere words may be an answer. */
const maybeAnswers: readonly string[] = ['text', 'kind', 'domain', 'conduct', 'enterprise', 'files'];

/** Renders the step a report stands at. `note` tells what the last input did. */
export function reportScreen(answers: ReportAnswers, shown: Shown, reader: Reader, note?: string): View {
  const { text } = reader;
  const choose = (label: string, arg: string): Button => ({
    label,
    press: { action: 'step', id: shown.draftId, rev: shown.rev, arg },
  });
  const cancel: Button = { label: text.buttons.cancel, press: { action: 'cancel', id: shown.draftId } };
  const asking = maybeAnswers.includes(shown.step) ? (answers.asking ?? []) : [];
  const answering = asking.map(({ number }, place): readonly Button[] => [
    {
      label: text.buttons.answers(number),
      press: { action: 'answers', id: shown.draftId, arg: String(place) },
    },
  ]);
  const screen = (body: Part | null, rows: readonly (readonly Button[])[]): View =>
    view(
      blocks(
        note === undefined ? null : italic(note),
        asking.length > 0 ? text.report.orAnswer(asking.length) : null,
        body,
      ),
      [
        ...answering,
        ...rows,
        [...(answers.editing === undefined ? [] : [choose(text.buttons.back, 'back')]), cancel],
      ],
    );

  switch (shown.step) {
    case 'text':
      if (answers.text !== undefined)
        return screen(lines(text.report.rewrite, quote(cut(answers.text, shownText))), []);
      if (answers.brief !== undefined)
        return screen(lines(quote(cut(answers.brief, shownText)), text.report.brief), []);
      return screen(
        answers.files.length > 0 ? text.report.filesFirst(answers.files.length) : text.report.start,
        [],
      );
    case 'kind':
      return screen(
        text.report.kind,
        inRows(
          kinds.map((kind) => choose(starred(text.words.kind[kind], kind === answers.kind), kind)),
          2,
        ),
      );
    case 'domain':
      return screen(
        text.report.domain,
        inRows(
          domains.map((one) => choose(starred(text.words.domain[one], one === answers.domain), one)),
          2,
        ),
      );
    case 'conduct':
      return screen(
        text.report.conduct,
        inRows(
          conducts.map((one) => choose(starred(text.words.conduct[one], one === answers.conduct), one)),
          2,
        ),
      );
    case 'enterprise':
      return screen(answers.known.length > 0 ? text.report.enterpriseKnown : text.report.enterprise, [
        ...answers.known.map((known, i) => [choose(cut(known.name, 40), String(i))]),
        [choose(text.buttons.nameless, 'nameless')],
      ]);
    case 'files':
      return screen(
        lines(
          text.report.files,
          answers.files.length > 0 ? bold(text.report.fileAdded(answers.files.length)) : null,
        ),
        [
          [choose(text.buttons.filesDone(answers.files.length), 'done')],
          ...(answers.files.length > 0 ? [[choose(text.buttons.removeFiles, 'remove')]] : []),
        ],
      );
    case 'confidentiality':
      return screen(confidentialityBody(answers, reader, shown.preview), [
        confidentialityChoices(answers).map((level) =>
          choose(starred(text.words.confidentiality[level], level === answers.confidentiality), level),
        ),
      ]);
    case 'excluded':
      return screen(...exclusionStep(answers, shown.departments ?? [], reader, choose));
    case 'review':
      return screen(
        reviewBody(answers, shown.departments ?? [], reader),
        reviewRows(answers, reader, choose),
      );
    default:
      return screen(consentBody(answers, reader, shown.preview), [
        [{ label: text.buttons.send, press: { action: 'send', id: shown.draftId, rev: shown.rev } }],
        [choose(text.buttons.back, 'back')],
      ]);
  }
}

/** The proposal stands out among the choices. */
const starred = (label: string, proposed: boolean): string => (proposed ? `👉 ${label}` : label);

/** Who sees the name: told alike where the level is chosen and where it is sent. */
const readersAt = (level: Confidentiality, answers: ReportAnswers, preview?: NamePreview) =>
  identityReaders(level, departmentReaderOf(answers), preview?.hasLiaison);

function confidentialityBody(
  answers: ReportAnswers,
  { text, language }: Reader,
  preview?: NamePreview,
): Part {
  const { confidentialityLine, consentContent, consentWho } = text.report;
  const integrity = isIntegrity(answers);
  const department = departmentReaderOf(answers);
  const line = (level: Confidentiality): string => {
    const readers = readersAt(level, answers, preview);
    const inWords = (who: readonly IdentityReader[]): string =>
      who.map((one) => consentWho[one]).join(language === 'zh' ? '、' : ', ');
    if (department !== 'department') return inWords(readers);
    return confidentialityLine[level](
      inWords(readers.filter((one) => one === 'commission' || one === 'liaison')),
    );
  };
  return blocks(
    bold(text.report.confidentiality),
    isNameless(answers) ? text.report.namelessNote : null,
    ...confidentialityChoices(answers).map((level) =>
      rich('• ', bold(text.words.confidentiality[level]), ` — ${line(level)}`),
    ),
    integrity ? consentContent.integrity : null,
  );
}

function reviewBody(answers: ReportAnswers, departments: readonly Department[], reader: Reader): Part {
  const { text } = reader;
  const { fields } = text.report;
  const line = (field: keyof typeof fields, value: string): Part =>
    rich(bold(labelled(reader, fields[field])), value);
  return blocks(
    bold(text.report.review),
    quote(cut(answers.text ?? '', shownText)),
    lines(
      answers.kind ? line('kind', text.words.kind[answers.kind]) : null,
      answers.domain ? line('domain', text.words.domain[answers.domain]) : null,
      answers.kind === 'complaint' && answers.conduct
        ? line('conduct', text.words.conduct[answers.conduct])
        : null,
      line('enterprise', answers.enterprise?.name ?? text.words.nameless),
      line('files', answers.files.length > 0 ? text.card.withFiles(answers.files.length) : text.report.none),
      answers.confidentiality
        ? line('confidentiality', text.words.confidentiality[answers.confidentiality])
        : null,
      line('excluded', wishWords(answers, departments, reader) ?? text.report.none),
      answers.urgent === true ? line('urgent', text.report.urgentMarked) : null,
    ),
    italic(text.exclusions.hint),
  );
}

function reviewRows(
  answers: ReportAnswers,
  { text }: Reader,
  choose: (label: string, arg: string) => Button,
): readonly (readonly Button[])[] {
  const complaint = answers.kind === 'complaint';
  const fields = (
    [
      'text',
      'kind',
      'domain',
      ...(complaint ? (['conduct'] as const) : []),
      'enterprise',
      'files',
      'confidentiality',
      'excluded',
    ] as const
  ).map((field) => choose(text.buttons.edit(text.report.fields[field]), field));
  const urgent = complaint
    ? [choose(answers.urgent === true ? text.buttons.urgentOff : text.buttons.urgentOn, 'urgent')]
    : [];
  return [[choose(text.buttons.continue, 'continue')], ...inRows([...fields, ...urgent], 2)];
}

function consentBody(answers: ReportAnswers, reader: Reader, preview?: NamePreview): Part {
  const { text } = reader;
  const integrity = isIntegrity(answers);
  const name = answers.enterprise?.name ?? null;
  const readers = readersAt(answers.confidentiality ?? 'locked', answers, preview);
  const content = integrity
    ? 'integrity'
    : endsInReceipt(answers.kind)
      ? 'other'
      : answers.confidentiality === 'open'
        ? 'serviceOpen'
        : 'service';
  return blocks(
    bold(text.report.consent),
    lines(
      name === null ? text.report.consentNameless : text.report.consentName(name),
      ...readers.map(
        (one) => `• ${one === 'department' ? departmentLine(preview, reader) : text.report.consentWho[one]}`,
      ),
    ),
    text.report.consentContent[content],
    answers.confidentiality === 'locked' && preview?.tellsWho === true ? text.report.tellsWho : null,
  );
}

/** The very departments the router would propose, and which people in them. */
function departmentLine(preview: NamePreview | undefined, reader: Reader): string {
  const { preview: text } = reader.text.identity;
  const names = (preview?.departments ?? []).map((department) => nameFor(reader, department));
  if (names.length === 0) return reader.text.report.consentWho.department;
  return text.department({
    names: names.join(reader.language === 'zh' ? '、' : ', '),
    several: names.length > 1,
  });
}
