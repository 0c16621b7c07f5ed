/** Screens of the forms other than the report: one question, or the result of a department for checking. */
import type { SubmitAnswers } from '../../domain/forms/submit-form.js';
import { deferralDays, lowerLevels, withdrawReasons } from '../../domain/forms/words-form.js';
import type { FormName } from '../../domain/transitions/row.js';
import { blocks, bold, cut, lines, quote, rich, type Part } from '../rich.js';
import type { Reader } from '../reader.js';
import { inRows, view, type Button, type View } from '../view.js';
import type { Shown } from './report-screens.js';

const shownText = 900;

/** The question a form of words stands at, with the case it is about: its choice first, where it has one. */
export function wordsScreen(
  form: Exclude<FormName, 'report' | 'submit'> | 'contact',
  { number, extensionDays }: { readonly number: string; readonly extensionDays: readonly string[] },
  shown: Shown & { readonly held?: boolean },
  reader: Reader,
): View {
  const { text } = reader;
  const cancel = [cancelButton(shown, reader)];
  const asked = shown.step === 'choice' ? choiceOf(form, { shown, extensionDays }, reader) : null;
  const question = shown.held && (form === 'message' || form === 'resume') ? (`${form}Held` as const) : form;
  if (!asked) return view(blocks(bold(number), text.forms[question]), [cancel]);
  return view(blocks(bold(number), asked.question), [...asked.rows, cancel]);
}

interface Choice {
  readonly question: string;
  readonly rows: readonly (readonly Button[])[];
}

/** The choice a form begins with. */
function choiceOf(
  form: FormName | 'contact',
  { shown, extensionDays }: { readonly shown: Shown; readonly extensionDays: readonly string[] },
  { text }: Reader,
): Choice | null {
  const button = (label: string, arg: string): Button => ({
    label,
    press: { action: 'step', id: shown.draftId, rev: shown.rev, arg },
  });
  const days = (choices: readonly string[]) =>
    inRows(
      choices.map((count) => button(count, count)),
      3,
    );
  switch (form) {
    case 'withdraw':
      return {
        question: text.forms.withdrawWhy,
        rows: withdrawReasons.map((reason) => [button(text.forms.withdrawReasons[reason], reason)]),
      };
    case 'extension':
      return { question: text.forms.extensionDays, rows: days(extensionDays) };
    case 'defer':
      return { question: text.forms.deferDays, rows: days(deferralDays) };
    case 'lower':
      return {
        question: text.forms.lowerLevel,
        rows: lowerLevels.map((level) => [button(text.words.confidentiality[level], level)]),
      };
    default:
      return null;
  }
}

/** The step a department's result stands at; the last shows everything before it is sent. */
export function submitScreen(
  answers: SubmitAnswers,
  shown: Shown & { readonly number: string; readonly signOff: boolean },
  reader: Reader,
): View {
  const { text } = reader;
  const press = (arg: string) => ({ action: 'step', id: shown.draftId, rev: shown.rev, arg });
  const head = bold(shown.number);
  const cancel = [cancelButton(shown, reader)];
  switch (shown.step) {
    case 'result':
    case 'measures':
      return view(blocks(head, text.forms[shown.step]), [cancel]);
    case 'evidence': {
      const count = answers.files.length;
      const body = blocks(
        head,
        lines(text.forms.evidence, count > 0 ? bold(text.forms.evidenceCount(count)) : null),
      );
      return view(body, [
        count > 0 ? [{ label: text.buttons.filesDone(count), press: press('done') }] : [],
        cancel,
      ]);
    }
    default:
      return view(blocks(head, text.forms.check, resultBody(answers, reader)), [
        [
          {
            label: shown.signOff ? text.forms.signOffSend : text.forms.submitSend,
            press: { action: 'send-result', id: shown.draftId, rev: shown.rev },
          },
        ],
        [
          { label: text.buttons.edit(text.card.result), press: press('result') },
          { label: text.buttons.edit(text.forms.measuresLabel), press: press('measures') },
        ],
        cancel,
      ]);
  }
}

const cancelButton = (shown: Shown, { text }: Reader): Button => ({
  label: text.buttons.cancel,
  press: { action: 'cancel', id: shown.draftId },
});

function resultBody(answers: SubmitAnswers, { text }: Reader): Part {
  return lines(
    bold(text.card.result),
    quote(cut(answers.result ?? '', shownText)),
    bold(text.forms.measuresLabel),
    quote(cut(answers.measures ?? '', shownText)),
    answers.files.length > 0
      ? text.forms.evidenceCount(answers.files.length)
      : rich(text.forms.noEvidence(answers.noFilesReason ?? '')),
    answers.captions === undefined ? null : quote(cut(answers.captions, shownText)),
  );
}
