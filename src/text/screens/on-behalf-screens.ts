/** The screens on which filing for an enterprise differs from reporting for oneself. */
import { heardSources } from '../../domain/forms/on-behalf-form.js';
import type { ReportAnswers } from '../../domain/forms/report-form.js';
import { blocks, bold, cut, italic, lines, quote } from '../rich.js';
import type { Reader } from '../reader.js';
import { view, type Button, type View } from '../view.js';
import { reportScreen, type Shown } from './report-screens.js';

const shownText = 900;

export function onBehalfScreen(answers: ReportAnswers, shown: Shown, reader: Reader, note?: string): View {
  const { text } = reader;
  const press = (arg: string) => ({ action: 'step', id: shown.draftId, rev: shown.rev, arg });
  const cancel: Button = { label: text.buttons.cancel, press: { action: 'cancel', id: shown.draftId } };
  switch (shown.step) {
    case 'source': {
      const choices = heardSources.map((one) => ({ label: text.onBehalf.sources[one], press: press(one) }));
      return view(blocks(bold(text.onBehalf.title), text.onBehalf.source), [choices, [cancel]]);
    }
    case 'text':
      if (answers.text !== undefined) return reportScreen(answers, shown, reader, note);
      return view(blocks(note === undefined ? null : italic(note), text.onBehalf.text), [[cancel]]);
    case 'enterprise': {
      const choices = answers.known.map((one, i) => [{ label: cut(one.name, 40), press: press(String(i)) }]);
      const ask = answers.onBehalf?.onlyKnown ? text.onBehalf.enterpriseOwn : text.onBehalf.enterprise;
      return view(blocks(note === undefined ? null : italic(note), ask), [...choices, [cancel]]);
    }
    case 'consent': {
      const { source } = answers.onBehalf ?? {};
      const body = blocks(
        bold(text.onBehalf.confirm(answers.enterprise?.name ?? '')),
        lines(
          source ? text.onBehalf.sources[source] : null,
          quote(cut(answers.text ?? '', shownText)),
          text.onBehalf.told,
        ),
      );
      return view(body, [
        [{ label: text.buttons.send, press: { action: 'send-for', id: shown.draftId, rev: shown.rev } }],
        [{ label: text.buttons.back, press: press('back') }],
        [cancel],
      ]);
    }
    default:
      return reportScreen(answers, shown, reader, note);
  }
}
