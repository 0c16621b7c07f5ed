/** A form is walked through a table of named steps; where one stands is computed from the answers, never stored (design §2.2). */

import type { FileRefusal } from '../check-file.js';

export const attachmentKinds = ['photo', 'document', 'voice', 'video', 'audio', 'location'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

/** A file stays where Telegram keeps it; only its id is held. */
export interface Attachment {
  readonly kind: AttachmentKind;
  readonly fileId?: string;
  readonly uniqueId?: string;
  readonly name?: string;
  readonly mime?: string;
  readonly size?: number;
  readonly seconds?: number;
  readonly latitude?: number;
  readonly longitude?: number;
  /** Telegram's id of the album it came in. */
  readonly group?: string;
}

/** What a person did at a step. */
export type StepInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly file: Attachment; readonly caption?: string }
  | { readonly type: 'choice'; readonly choice: string };

export type FormRefusal =
  | 'too-short'
  | 'says-too-little'
  | 'greeting'
  | 'too-long'
  | 'too-long-or-file'
  | 'name-too-long'
  | 'names-too-long'
  | 'too-many-files'
  | 'file-too-big'
  | 'choose-a-button'
  | 'text-please'
  | 'text-or-files-please'
  | 'choice-unknown'
  | FileRefusal;

export type Taken<A> =
  | { readonly ok: true; readonly answers: A }
  | { readonly ok: false; readonly refusal: FormRefusal };

export interface FormStep<A> {
  readonly name: string;
  /** Still open, so the person is asked. */
  readonly isOpen: (answers: A) => boolean;
  /** Takes an input for this step, gives the new answers or why not. */
  readonly take: (answers: A, input: StepInput) => Taken<A>;
}

export const taken = <A>(answers: A): Taken<A> => ({ ok: true, answers });
export const refused = (refusal: FormRefusal): { readonly ok: false; readonly refusal: FormRefusal } => ({
  ok: false,
  refusal,
});

/** The step a person stands at: the one being edited, else the first open one. */
export function currentStep<A extends { readonly editing?: string }>(
  steps: readonly FormStep<A>[],
  answers: A,
): FormStep<A> | undefined {
  return steps.find((step) => step.name === answers.editing) ?? steps.find((step) => step.isOpen(answers));
}

export const limits = {
  /** Characters of a report, all its parts together; a card shows it beside everything else. */
  text: { least: 4, most: 3000 },
  /** Letters or Han characters of a reason, an explanation, a question. */
  lettersOfSense: 4,
  enterpriseName: { least: 2, most: 80 },
  names: { least: 2, most: 200 },
  files: 20,
  /** Telegram lets a bot download 20 MB. */
  fileBytes: 20 * 1024 * 1024,
} as const;

/** Control, bidirectional and zero-width characters could make a text read differently from what it says. */
const invisible =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u115F\u1160\u3164\uFFA0\u{E0000}-\u{E007F}]/gu;

/** Takes what somebody typed, gives it in one normal form without invisible characters; lines and meaning stay. */
export const cleanText = (text: string): string =>
  text.replaceAll('\r\n', '\n').normalize('NFC').replace(invisible, '').trim();

/** How many letters or Han characters a text has; digits, punctuation and white space do not count. */
export const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Takes typed text, its bounds in characters and how too much is refused; gives it cleaned or a refusal. */
export function boundedText(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
  tooLong: FormRefusal = 'too-long',
): Taken<string> {
  const clean = cleanText(text);
  const length = [...clean].length;
  if (length < least) return refused('too-short');
  return length > most ? refused(tooLong) : taken(clean);
}

/** Takes the files so far and another one; refuses too many and what Telegram would not hand back. */
export function withFile(files: readonly Attachment[], file: Attachment): Taken<readonly Attachment[]> {
  if (file.size !== undefined && file.size > limits.fileBytes) return refused('file-too-big');
  if (files.some((held) => held.uniqueId !== undefined && held.uniqueId === file.uniqueId))
    return taken(files);
  return files.length >= limits.files ? refused('too-many-files') : taken([...files, file]);
}
