import { offeredTransitions } from '../../domain/decide.js';
import type { Draft } from '../../domain/draft.js';
import type { ReportAnswers } from '../../domain/forms/report-form.js';
import { wordsTransition } from '../../domain/loose-words.js';
import { relationOf, type Viewer } from '../../domain/people.js';
import type { Person } from '../../domain/person.js';
import { transitionRow } from '../../domain/transitions/table.js';
import { viewerIn } from '../../domain/viewers.js';
import type { Changed } from '../change-case.js';
import type { ActionDeps } from '../deps.js';
import { say } from '../say.js';

type Refused = Extract<Changed, { ok: false }>;

export type AnsweredCase =
  | { readonly ok: true; readonly caseId: string }
  | { readonly ok: false; readonly refused: Refused | 'form-over'; readonly draft: Draft | null };

export interface AnsweringCase {
  readonly person: Person;
  readonly draftId: string;
  /** Which of the cases that were offered beside the report. */
  readonly place: number;
  readonly causeId: string;
}

/**
 * Sends what was typed as the beginning of a report to a case instead. Where it goes is written into the report in the same
 * write that ends it; the words follow under a name made of the report, so that a crash in between and a second press send them
 * once, to that case alone.
 */
export const answerCase =
  (deps: ActionDeps) =>
  async (answering: AnsweringCase): Promise<AnsweredCase> => {
    const { person, draftId, causeId } = answering;
    const { store } = deps;
    const draft = await store.drafts.byId(draftId);
    const viewer = viewerIn(person, 'enterprise');
    if (!viewer || draft?.personId !== person.id || draft.form !== 'report')
      return { ok: false, refused: 'form-over', draft: null };
    if (draft.state === 'open') {
      const refused = await settle(deps, answering, draft, viewer);
      if (refused) return { ok: false, refused, draft };
    }
    const settled = draft.state === 'open' ? await store.drafts.byId(draftId) : draft;
    const { sentTo, ...answers } = (settled?.answers ?? {}) as Partial<ReportAnswers>;
    if (!settled || !sentTo) return { ok: false, refused: 'form-over', draft: null };
    const { caseId, transition } = sentTo;
    const changed = await say(deps)({
      caseId,
      name: transition,
      form: transitionRow(transition)?.form ?? 'message',
      viewer,
      text: answers.text ?? answers.brief ?? '',
      files: answers.files ?? [],
      causeId: `${settled.id}.${settled.rev}`,
    });
    if (!changed.ok) {
      // The case went on in the meantime: the words are his again.
      await store.drafts.replace(settled, { state: 'open', answers }, `${causeId}-`);
      return { ok: false, refused: changed, draft: await store.drafts.byId(draftId) };
    }
    await store.people.leaveForm(person.id, draftId);
    return { ok: true, caseId };
  };

/** Ends the report in favour of the chosen case; the refusal where that cannot be. */
async function settle(
  { store, rules, clock }: ActionDeps,
  { place, causeId }: AnsweringCase,
  draft: Draft,
  viewer: Viewer,
): Promise<Refused | null> {
  const answers = draft.answers as ReportAnswers;
  const offered = answers.asking?.[place];
  const c = offered ? await store.cases.byId(offered.caseId) : null;
  if (!c || relationOf(viewer, c) !== 'reporter') return { ok: false, refusal: 'no-such-case' };
  if (answers.text === undefined && answers.brief === undefined && answers.files.length === 0)
    return { ok: false, refusal: 'nothing-written' };
  const transition = wordsTransition(c, {
    offered: offeredTransitions(c, viewer, clock.now(), await rules.of(c)).map(({ name }) => name),
    causeId: draft.causes.at(-1) ?? causeId,
  });
  if (transition === null) return { ok: false, refusal: 'not-possible-now' };
  const sentTo = { caseId: c.id, transition };
  const ended = { state: 'cancelled' as const, answers: { ...answers, sentTo } };
  return (await store.drafts.replace(draft, ended, causeId)) ? null : { ok: false, refusal: 'stale' };
}
