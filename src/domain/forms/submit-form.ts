/** The department's result: what came out, which measures, at least one file or a reason for none (rules §2, row submit). */
import {
  boundedText,
  limits,
  refused,
  taken,
  withFile,
  type Attachment,
  type FormStep,
  type StepInput,
  type Taken,
} from './form.js';

export interface SubmitAnswers {
  readonly result?: string;
  readonly measures?: string;
  readonly files: readonly Attachment[];
  /** What was written beside the evidence. */
  readonly captions?: string;
  readonly filesDone?: boolean;
  readonly noFilesReason?: string;
  readonly editing?: string;
}

export const emptySubmit: SubmitAnswers = { files: [] };

const words = (field: 'result' | 'measures'): FormStep<SubmitAnswers> => ({
  name: field,
  isOpen: (a) => a[field] === undefined,
  take: (a, input) => {
    if (input.type !== 'text') return refused('text-please');
    const text = boundedText(input.text, limits.text);
    return text.ok ? taken({ ...a, [field]: text.answers }) : text;
  },
});

function withCaption(a: SubmitAnswers, caption: string): Taken<SubmitAnswers> {
  const captions = boundedText(
    a.captions === undefined ? caption : `${a.captions}\n${caption}`,
    { least: 1, most: limits.text.most },
    'too-long-or-file',
  );
  return captions.ok ? taken({ ...a, captions: captions.answers }) : captions;
}

/** Evidence with or without words, or typed words that say why there is none. */
function takeEvidence(a: SubmitAnswers, input: StepInput): Taken<SubmitAnswers> {
  if (input.type === 'file') {
    const files = withFile(a.files, input.file);
    if (!files.ok) return files;
    const withFiles = { ...a, files: files.answers };
    return input.caption ? withCaption(withFiles, input.caption) : taken(withFiles);
  }
  // With evidence there they are no reason for its absence.
  if (input.type === 'text' && a.files.length > 0) return withCaption({ ...a, filesDone: true }, input.text);
  if (input.type === 'text') {
    const reason = boundedText(input.text, limits.text);
    return reason.ok ? taken({ ...a, noFilesReason: reason.answers, filesDone: true }) : reason;
  }
  if (input.choice !== 'done') return refused('choice-unknown');
  return a.files.length > 0 ? taken({ ...a, filesDone: true }) : refused('text-or-files-please');
}

export const submitSteps: readonly FormStep<SubmitAnswers>[] = [
  words('result'),
  words('measures'),
  { name: 'evidence', isOpen: (a) => a.filesDone !== true, take: takeEvidence },
  {
    name: 'check',
    isOpen: () => true,
    take: (a, input) => {
      if (input.type !== 'choice') return refused('choose-a-button');
      if (input.choice === 'evidence') return taken({ ...a, filesDone: false });
      return input.choice === 'result' || input.choice === 'measures'
        ? taken({ ...a, editing: input.choice })
        : refused('choice-unknown');
    },
  },
];

/** How a result is kept as one text of the case: the result, the measures, what the evidence shows or why there is none. */
export const resultText = (a: SubmitAnswers): string =>
  [
    a.result,
    a.measures === undefined ? undefined : `▸ ${a.measures}`,
    a.captions === undefined ? undefined : `▫ ${a.captions}`,
    a.noFilesReason === undefined ? undefined : `▹ ${a.noFilesReason}`,
  ]
    .filter((line) => line !== undefined)
    .join('\n');

/** Such a text with its parts called by their names. */
export const withLabels = (
  text: string,
  labels: Readonly<Record<'measures' | 'evidence' | 'noEvidence', string>>,
): string =>
  text
    .replace('\n▸ ', `\n${labels.measures}`)
    .replace('\n▫ ', `\n${labels.evidence}`)
    .replace('\n▹ ', `\n${labels.noEvidence}`);

/** The measures within such a text; undefined where there are none. */
export function measuresIn(text: string): string | undefined {
  const [, ...measured] = text.split('\n▸ ');
  return measured.length === 0 ? undefined : measured.join('\n▸ ').split(/\n[▫▹] /u)[0];
}
