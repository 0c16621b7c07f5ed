import { answerStep } from '../../domain/forms/answer-step.js';
import type { FormRefusal, StepInput } from '../../domain/forms/form.js';
import type { Draft } from '../../domain/draft.js';
import type { Person } from '../../domain/person.js';
import { cameBefore } from '../../domain/update-order.js';
import { checkFile } from '../check-file.js';
import type { ActionDeps } from '../deps.js';
import { stepsOf, type Answers } from './form-steps.js';

export type Answered =
  | { readonly ok: true; readonly draft: Draft }
  | {
      readonly ok: false;
      /** Null when there is nobody to be told: it was handled by others long ago. */
      readonly refusal: FormRefusal | 'form-over' | 'sent-already' | 'stale' | 'earlier-words' | null;
      readonly draft: Draft | null;
    };

export interface Answering {
  /** The form as it was read a moment ago. */
  readonly form: Draft;
  readonly person: Person;
  readonly input: StepInput;
  readonly causeId: string;
  /** The revision of the pressed screen; typed words go to whatever step is open. */
  readonly expectedRev?: number;
}

const tries = 6;

/** Takes one input for the step a form stands at; the same update twice changes nothing (design §2.1). */
export const answerForm =
  ({ store, clock, peek }: ActionDeps) =>
  async ({ form, person, input, causeId, expectedRev }: Answering): Promise<Answered> => {
    let wrong: FormRefusal | null | undefined;
    for (let attempt = 0; attempt < tries; attempt++) {
      // An older one is found out by the conditional write.
      const draft = attempt === 0 ? form : await store.drafts.byId(form.id);
      if (!draft || draft.personId !== person.id) return { ok: false, refusal: 'form-over', draft: null };
      if (draft.causes.includes(causeId) && draft.rev > 1)
        return isOvertaken(causeId, draft) ? { ok: false, refusal: null, draft } : { ok: true, draft };
      if (draft.state !== 'open')
        return { ok: false, refusal: draft.state === 'sent' ? 'sent-already' : 'form-over', draft };
      if (expectedRev !== undefined && expectedRev !== draft.rev)
        return { ok: false, refusal: 'stale', draft };
      if (expectedRev === undefined && isEarlier(causeId, person, draft))
        return {
          ok: false,
          refusal: (await store.deadLetters.waits(causeId)) ? 'earlier-words' : null,
          draft,
        };
      if (wrong === undefined) wrong = input.type === 'file' ? await checkFile({ peek })(input.file) : null;
      if (wrong) return { ok: false, refusal: wrong, draft };
      const result = answerStep(stepsOf(draft, clock.now()), draft.answers as Answers, input);
      if (!result.ok) return { ok: false, refusal: result.refusal, draft };
      if (await store.drafts.replace(draft, { answers: result.answers }, causeId)) {
        return {
          ok: true,
          draft: {
            ...draft,
            rev: draft.rev + 1,
            answers: result.answers,
            causes: [...draft.causes, causeId],
          },
        };
      }
    }
    return { ok: false, refusal: 'stale', draft: await store.drafts.byId(form.id) };
  };

/**
 * Words that were written before the question that stands open are no answer to it: what was set aside and is handled anew, or
 * came into the hands of a process that stood still meanwhile.
 */
const isEarlier = (causeId: string, person: Person, draft: Draft): boolean =>
  (person.draftId === draft.id && cameBefore(causeId, person.draftCause ?? '')) ||
  isOvertaken(causeId, draft);

/** Shown once more, a screen that was answered long ago would ask for the same press again. */
const isOvertaken = (causeId: string, draft: Draft): boolean =>
  draft.causes.some((later) => cameBefore(causeId, later));
