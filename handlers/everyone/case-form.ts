import { stepOf } from '../../src/actions/forms/form-steps.js';
import type { Draft } from '../../src/domain/draft.js';
import type { ReportAnswers } from '../../src/domain/forms/report-form.js';
import { holdsFiles } from '../../src/domain/held-files.js';
import type { SubmitAnswers } from '../../src/domain/forms/submit-form.js';
import type { TransitionRow } from '../../src/domain/transitions/row.js';
import { onBehalfScreen } from '../../src/text/screens/on-behalf-screens.js';
import { submitScreen, wordsScreen } from '../../src/text/screens/form-screens.js';
import { reportScreen } from '../../src/text/screens/report-screens.js';
import type { View } from '../../src/text/view.js';
import type { HandlerDeps, Turn } from '../turn.js';
import { refuse, showCase } from './show-case.js';

/** Opens the form of a transition, after asking whether the transition is possible at all. */
export async function beginCaseForm(
  deps: HandlerDeps,
  turn: Turn,
  { caseId, row, rev }: { readonly caseId: string; readonly row: TransitionRow; readonly rev?: number },
): Promise<void> {
  const facts = await deps.queries.card(caseId, turn.viewer);
  if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
  if (!facts.offered.includes(row.name) || row.form === undefined) {
    await refuse(turn, { ok: false, refusal: rev === facts.c.rev ? 'not-possible-now' : 'stale' });
    return await showCase(deps, turn, caseId);
  }
  const draft = await deps.actions.beginForm({
    person: turn.person,
    role: turn.viewer.role,
    form: row.form,
    causeId: turn.causeId,
    about: { caseId, transition: row.name },
  });
  const shownIn = await turn.send(await screenOf(deps, draft, turn));
  if (shownIn !== null) await deps.actions.showCard.ofForm(draft, shownIn);
}

/** The screen a draft stands at. */
export async function screenOf(
  { queries }: HandlerDeps,
  draft: Draft,
  turn: Turn,
  note?: string,
): Promise<View> {
  const shown = { draftId: draft.id, rev: draft.rev, step: stepOf(draft) ?? '' };
  if (draft.form === 'report') {
    const answers = draft.answers as ReportAnswers;
    const departments = await queries.departments();
    const screen = answers.onBehalf ? onBehalfScreen : reportScreen;
    const tellsReaders = shown.step === 'consent' || shown.step === 'confidentiality';
    const preview = tellsReaders ? await queries.previewReaders(answers, turn.person.contact) : undefined;
    return screen(answers, { ...shown, departments, ...(preview ? { preview } : {}) }, turn.reader, note);
  }
  const facts = draft.caseId === null ? null : await queries.card(draft.caseId, turn.viewer);
  const number = facts?.c.number ?? '';
  if (draft.form === 'submit') {
    return submitScreen(
      draft.answers as SubmitAnswers,
      { ...shown, number, signOff: draft.transition === 'ask-sign-off' },
      turn.reader,
    );
  }
  const form = draft.transition === 'contact' ? 'contact' : draft.form;
  const held = facts?.relation === 'reporter' && holdsFiles(facts.c);
  const about = { number, extensionDays: facts?.extensionDays ?? [] };
  return wordsScreen(form, about, { ...shown, held }, turn.reader);
}
