/** The step of a report in which its writer says who must not see it (rules §6). */
import { boundedText, limits, refused, taken, type StepInput, type Taken } from './form.js';
import type { ReportAnswers } from './report-form.js';

/** Pressed departments go in and out; what is typed are names of people. */
export function takeExcluded(a: ReportAnswers, input: StepInput): Taken<ReportAnswers> {
  const { departments, names } = a.excluded ?? { departments: [] };
  if (input.type === 'file') return refused('text-please');
  if (input.type === 'text') {
    const typed = boundedText(input.text, limits.names, 'names-too-long');
    return typed.ok ? taken({ ...a, excluded: { departments, names: typed.answers } }) : typed;
  }
  if (input.choice === 'done') return taken({ ...a, excludedDone: true });
  if (input.choice === 'none') return taken({ ...a, excluded: { departments: [] } });
  const code = /^d\.(.+)$/.exec(input.choice)?.[1];
  if (code === undefined) return refused('choice-unknown');
  const others = departments.filter((one) => one !== code);
  const now = others.length < departments.length ? others : [...departments, code];
  return taken({ ...a, excluded: { departments: now, ...(names === undefined ? {} : { names }) } });
}
