import { emptyOnBehalf } from '../../domain/forms/on-behalf-form.js';
import { emptyReport } from '../../domain/forms/report-form.js';
import { emptySubmit } from '../../domain/forms/submit-form.js';
import { emptyWords } from '../../domain/forms/words-form.js';
import type { FormName, TransitionName } from '../../domain/transitions/row.js';
import type { Draft } from '../../domain/draft.js';
import type { Role } from '../../domain/people.js';
import type { Person } from '../../domain/person.js';
import type { ActionDeps } from '../deps.js';

export interface Beginning {
  readonly person: Person;
  /** The role he fills it in. */
  readonly role: Role;
  readonly form: FormName;
  readonly causeId: string;
  /** A report for somebody else. */
  readonly onBehalf?: boolean;
  /** The case and the transition the form is for; a report has none. */
  readonly about?: { readonly caseId: string; readonly transition: TransitionName };
}

/** Opens a form for a person and makes it the one his next words go to. An unfinished report is kept beside it. */
export const beginForm =
  ({ store, seal }: ActionDeps) =>
  async (beginning: Beginning): Promise<Draft> => {
    const { person, role, form, causeId, about } = beginning;
    const draft: Draft = {
      id: seal.tag('draft', `${person.id} ${causeId}`, 12),
      personId: person.id,
      role,
      form,
      transition: about?.transition ?? null,
      caseId: about?.caseId ?? null,
      rev: 1,
      state: 'open',
      answers: beginning.onBehalf
        ? await onBehalfAnswers(beginning, store)
        : await emptyAnswers(form, person, store),
      causes: [causeId],
      album: null,
      cardMessageId: null,
    };
    const stored = await store.drafts.insert(draft);
    await store.people.change(person.id, { draftId: draft.id });
    return stored;
  };

/** The liaison's own enterprises; the duty officer names any. */
async function onBehalfAnswers({ person, role }: Beginning, store: ActionDeps['store']): Promise<unknown> {
  if (role !== 'liaison') return emptyOnBehalf([], false);
  const own = (await store.organisation.enterprises()).filter(({ liaisonId }) => liaisonId === person.id);
  return emptyOnBehalf(
    own.map(({ id, name }) => ({ id, name })),
    true,
  );
}

async function emptyAnswers(form: FormName, person: Person, store: ActionDeps['store']): Promise<unknown> {
  if (form === 'submit') return emptySubmit;
  if (form !== 'report') return emptyWords;
  const enterprises = await store.organisation.enterprisesOf(person.id);
  return emptyReport(enterprises.map(({ id, name }) => ({ id, name })));
}
