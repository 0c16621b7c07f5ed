/** Staff file a case for an enterprise (rules §2, file-for): the report's steps, with a source and a named enterprise. */
import { sources, type Source } from '../taxonomy.js';
import { refused, taken, type FormStep } from './form.js';
import { emptyReport, type KnownEnterprise, type ReportAnswers } from './report-form.js';

/** The ways a person can have heard of it; an import says its own. */
export const heardSources = sources.filter((source) => source !== 'import');

/** Takes the enterprises to choose from; a liaison files for these only, the duty officer may also type a name. */
export const emptyOnBehalf = (known: readonly KnownEnterprise[], onlyKnown: boolean): ReportAnswers => ({
  ...emptyReport(known),
  onBehalf: { onlyKnown },
});

const sourceStep: FormStep<ReportAnswers> = {
  name: 'source',
  isOpen: (a) => a.onBehalf !== undefined && a.onBehalf.source === undefined,
  take: (a, input) => {
    const source: Source | undefined =
      input.type === 'choice' ? heardSources.find((known) => known === input.choice) : undefined;
    if (!source || !a.onBehalf) return refused('choose-a-button');
    return taken({ ...a, onBehalf: { ...a.onBehalf, source } });
  },
};

/** A case filed for somebody has a name, and a liaison's is one of his own enterprises. */
const named = (step: FormStep<ReportAnswers>): FormStep<ReportAnswers> => ({
  ...step,
  take: (a, input) => {
    if (!a.onBehalf) return step.take(a, input);
    if (input.type === 'choice' && input.choice === 'nameless') return refused('choice-unknown');
    return input.type === 'text' && a.onBehalf.onlyKnown ? refused('choose-a-button') : step.take(a, input);
  },
});

/** The steps of a report as they are for whoever files it, himself or for somebody else. */
export const withOnBehalf = (
  steps: readonly FormStep<ReportAnswers>[],
): readonly FormStep<ReportAnswers>[] => [
  sourceStep,
  ...steps.map((step) => (step.name === 'enterprise' ? named(step) : step)),
];
