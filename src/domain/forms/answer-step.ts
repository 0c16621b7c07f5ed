/** Moves a form on by one input, whichever form it is. */
import { currentStep, type FormStep, type StepInput, type Taken } from './form.js';

/** Takes the steps, the answers so far and an input for the step they stand at; a finished edit leaves the edit. */
export function answerStep<A extends { readonly editing?: string }>(
  steps: readonly FormStep<A>[],
  answers: A,
  input: StepInput,
): Taken<A> {
  const step = currentStep(steps, answers);
  if (!step) return { ok: false, refusal: 'choice-unknown' };
  // Whoever only looked at what he had given goes back to where he came from.
  const goesBack = answers.editing !== undefined && input.type === 'choice' && input.choice === 'back';
  const result: Taken<A> = goesBack ? { ok: true, answers } : step.take(answers, input);
  if (!result.ok || result.answers.editing !== step.name) return result;
  const { editing: _done, ...rest } = result.answers;
  return { ok: true, answers: rest as A };
}
