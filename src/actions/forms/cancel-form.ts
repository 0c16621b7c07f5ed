import type { Draft } from '../../domain/draft.js';
import { isEmptyReport, type ReportAnswers } from '../../domain/forms/report-form.js';
import type { Person } from '../../domain/person.js';
import type { ActionDeps } from '../deps.js';

/**
 * Stops the form a person is in. A report with something in it is kept to be resumed unless it is `discarded`;
 * every other form is gone. Gives the draft as it is now, or null when there was none.
 */
export const cancelForm =
  ({ store }: ActionDeps) =>
  async (
    person: Person,
    causeId: string,
    { draftId, discard }: { readonly draftId?: string; readonly discard: boolean },
  ): Promise<Draft | null> => {
    const id = draftId ?? person.draftId;
    const draft = id === null ? null : await store.drafts.byId(id);
    if (!draft || draft.personId !== person.id || draft.state === 'sent') return null;
    await store.people.leaveForm(person.id, draft.id);
    const kept = draft.form === 'report' && !discard && !isEmptyReport(draft.answers as ReportAnswers);
    if (draft.state !== 'open' || kept) return draft;
    await store.drafts.replace(draft, { state: 'cancelled' }, causeId);
    return { ...draft, state: 'cancelled' };
  };
