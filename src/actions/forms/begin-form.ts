import { emptyOnBehalf } from '../../domain/forms/on-behalf-form.js';
import { emptyReport, type ReportAnswers } from '../../domain/forms/report-form.js';
import { emptySubmit } from '../../domain/forms/submit-form.js';
import { emptyWords } from '../../domain/forms/words-form.js';
import type { FormName, TransitionName } from '../../domain/transitions/row.js';
import type { Draft } from '../../domain/draft.js';
import type { Role } from '../../domain/people.js';
import type { Person } from '../../domain/person.js';
import type { ActionDeps } from '../deps.js';
import { resumeForm } from './resume-form.js';

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
  /** For this update's words alone: the next ones go where they went before. */
  readonly aside?: boolean;
  /** Cases that the words of a report may be meant for instead. */
  readonly asking?: ReportAnswers['asking'];
}

/**
 * Opens a form for a person and makes it the one his next words go to. An unfinished report is kept beside it. Whoever is in the
 * middle of the very same form goes on with it: who presses twice because nothing came would lose what he has written between.
 */
export const beginForm =
  (deps: ActionDeps) =>
  async (beginning: Beginning): Promise<Draft> => {
    const { store, seal } = deps;
    const { person, role, form, causeId, about } = beginning;
    const current = await inHand(store, beginning);
    if (current) return current;
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
        : await emptyAnswers(beginning, store),
      causes: [causeId],
      album: null,
      cardMessageId: null,
    };
    const stored = await store.drafts.insert(draft);
    if (!beginning.aside) await resumeForm(deps)(person, draft.id, causeId);
    return stored;
  };

async function inHand(
  store: ActionDeps['store'],
  { person, role, form, about }: Beginning,
): Promise<Draft | null> {
  if (!about || person.draftId === null) return null;
  const draft = await store.drafts.byId(person.draftId);
  const isSame =
    draft?.state === 'open' &&
    draft.form === form &&
    draft.role === role &&
    draft.caseId === about.caseId &&
    draft.transition === about.transition;
  return isSame ? draft : null;
}

/** The liaison's own enterprises; the duty officer names any. */
async function onBehalfAnswers({ person, role }: Beginning, store: ActionDeps['store']): Promise<unknown> {
  if (role !== 'liaison') return emptyOnBehalf([], false);
  const own = (await store.organisation.enterprises()).filter(({ liaisonId }) => liaisonId === person.id);
  return emptyOnBehalf(
    own.map(({ id, name }) => ({ id, name })),
    true,
  );
}

async function emptyAnswers(
  { form, person, asking }: Beginning,
  store: ActionDeps['store'],
): Promise<unknown> {
  if (form === 'submit') return emptySubmit;
  if (form !== 'report') return emptyWords;
  const enterprises = await store.organisation.enterprisesOf(person.id);
  const known = enterprises.map(({ id, name }) => ({ id, name }));
  return { ...emptyReport(known), ...(asking?.length ? { asking } : {}) };
}
