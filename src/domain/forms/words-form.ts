/** Forms of words: a reason, a message, a note; some begin with a choice. What is typed, or a file with or without words, completes them. */
import type { FormName } from '../transitions/row.js';
import {
  boundedText,
  lettersIn,
  limits,
  refused,
  taken,
  withFile,
  type Attachment,
  type FormStep,
  type StepInput,
  type Taken,
} from './form.js';

export interface WordsAnswers {
  /** What was pressed where the form begins with a choice. */
  readonly choice?: string;
  readonly text?: string;
  readonly files: readonly Attachment[];
  readonly editing?: string;
}

export const emptyWords: WordsAnswers = { files: [] };

/** Why somebody withdraws; "asked" alarms the commission (rules §2, withdraw). */
export const withdrawReasons = ['solved', 'other', 'asked'] as const;
/** Working days that can be asked for at a press; the rules cap them at half of the limit. */
export const extensionDays = ['1', '2', '3', '5', '7', '15'] as const;

/** In how many days the reporter is told that his name was seen, where a supervisor puts it off. */
export const deferralDays = ['7', '30', '90'] as const;
/** Levels a duty officer can ask the reporter for. */
export const lowerLevels = ['commission', 'open'] as const;

/** The choices a form begins with. */
export const choicesOf = (form: FormName): readonly string[] => {
  if (form === 'withdraw') return withdrawReasons;
  if (form === 'defer') return deferralDays;
  if (form === 'lower') return lowerLevels;
  return form === 'extension' ? extensionDays : [];
};

const takesFiles: readonly FormName[] = [
  'message',
  'note',
  'call',
  'comment',
  'explain',
  'supplement',
  'resume',
  'appeal',
  'wait',
  'task',
  'progress',
];

/** One character may be all there is to say; reasons, explanations and questions are read by others, most are final. */
const mayBeBrief: readonly FormName[] = [
  'redact',
  'message',
  'note',
  'comment',
  'supplement',
  'resume',
  'receipt',
];

/**
 * The steps of a form of words; one that must be words (a reason, a redacted text) refuses files. The message that is the first
 * contact stops a clock, so it has to say something, too.
 */
export function wordsSteps(
  form: FormName,
  transition: string | null = null,
): readonly FormStep<WordsAnswers>[] {
  const choices = choicesOf(form);
  const files = takesFiles.includes(form);
  const choice: FormStep<WordsAnswers> = {
    name: 'choice',
    isOpen: (a) => a.choice === undefined,
    take: (a, input) => {
      if (input.type !== 'choice') return refused('choose-a-button');
      return choices.includes(input.choice)
        ? taken({ ...a, choice: input.choice })
        : refused('choice-unknown');
    },
  };
  const words: FormStep<WordsAnswers> = {
    name: 'words',
    isOpen: (a) => a.text === undefined && a.files.length === 0,
    take: (a, input) =>
      takeWords(a, input, { files, sense: !mayBeBrief.includes(form) || transition === 'contact' }),
  };
  return choices.length > 0 ? [choice, words] : [words];
}

interface Bounds {
  readonly files: boolean;
  /** Typed words need a few letters; what comes with a file is explained by the file. */
  readonly sense: boolean;
}

function takeWords(a: WordsAnswers, input: StepInput, { files: takes, sense }: Bounds): Taken<WordsAnswers> {
  if (input.type === 'choice') return refused(takes ? 'text-or-files-please' : 'text-please');
  const bounds = { least: 1, most: limits.text.most };
  if (input.type === 'text') {
    if (sense && lettersIn(input.text) < limits.lettersOfSense) return refused('says-too-little');
    const text = boundedText(input.text, bounds, takes ? 'too-long-or-file' : 'too-long');
    return text.ok ? taken({ ...a, text: text.answers }) : text;
  }
  if (!takes) return refused('text-please');
  const files = withFile(a.files, input.file);
  if (!files.ok) return files;
  if (!input.caption) return taken({ ...a, files: files.answers });
  const caption = boundedText(input.caption, bounds, 'too-long-or-file');
  return caption.ok ? taken({ ...a, files: files.answers, text: caption.answers }) : caption;
}
