/** The steps of each form, and where a stored draft stands. */
import { currentStep, type FormStep } from '../../domain/forms/form.js';
import { reportSteps, type ReadReport, type ReportAnswers } from '../../domain/forms/report-form.js';
import { withOnBehalf } from '../../domain/forms/on-behalf-form.js';
import { submitSteps, type SubmitAnswers } from '../../domain/forms/submit-form.js';
import { wordsSteps, type WordsAnswers } from '../../domain/forms/words-form.js';
import { classify } from '../../domain/routing/classify.js';
import type { Draft } from '../../domain/draft.js';

export type Answers = ReportAnswers | SubmitAnswers | WordsAnswers;

/** What the words tell; what they only hint at is asked, and so is the conduct where they may hint at corruption. */
export const readReport =
  (year: number) =>
  (text: string): ReadReport => {
    const proposal = classify(text, { year });
    const unclear = (['kind', 'domain', 'conduct'] as const).filter(
      (field) => proposal[field].confidence === 'guess' || (field === 'conduct' && proposal.suspect),
    );
    return {
      kind: proposal.kind.value,
      domain: proposal.domain.value,
      conduct: proposal.conduct.value,
      tier: proposal.tier,
      urgent: proposal.urgent,
      unclear,
    };
  };

/** The steps of a form; words typed into a report are read as of `now`. */
export function stepsOf(
  { form, transition }: Pick<Draft, 'form' | 'transition'>,
  now: Date,
): readonly FormStep<Answers>[] {
  const steps =
    form === 'report'
      ? withOnBehalf(reportSteps(readReport(now.getUTCFullYear())))
      : form === 'submit'
        ? submitSteps
        : wordsSteps(form, transition);
  // Each form's steps read only the answers of their own form.
  return steps as unknown as readonly FormStep<Answers>[];
}

/** The name of the step a draft stands at, or null when nothing is open any more. */
export const stepOf = (draft: Draft): string | null =>
  currentStep(stepsOf(draft, new Date(0)), draft.answers as Answers)?.name ?? null;
