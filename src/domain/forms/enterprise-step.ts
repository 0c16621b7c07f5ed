/** The step that asks which enterprise it is. Pure. */
import { splitUscc } from '../uscc.js';
import { boundedText, limits, refused, taken, type StepInput, type Taken } from './form.js';
import type { ReportAnswers } from './report-form.js';

/** Takes a name, with its credit code or without, or a press on a known one; without a name the report is locked (rules §1). */
export function takeEnterprise(
  a: ReportAnswers,
  input: Exclude<StepInput, { type: 'file' }>,
): Taken<ReportAnswers> {
  if (input.type === 'choice') {
    if (input.choice === 'nameless')
      return taken({ ...a, enterprise: { id: null, name: null }, confidentiality: 'locked' });
    const known = a.known[Number(input.choice)];
    return known ? taken({ ...a, enterprise: known, ...namedAgain(a) }) : refused('choice-unknown');
  }
  const typed = boundedText(input.text, limits.enterpriseName, 'name-too-long');
  if (!typed.ok) return typed;
  const { name, uscc } = splitUscc(typed.answers);
  if ([...name].length < limits.enterpriseName.least) return refused('too-short');
  return taken({ ...a, enterprise: { id: null, name, ...(uscc ? { uscc } : {}) }, ...namedAgain(a) });
}

/** Naming an enterprise after all makes the choice of who sees it open again. */
const namedAgain = (a: ReportAnswers): Partial<ReportAnswers> =>
  a.enterprise?.name === null ? { reviewed: false } : {};
