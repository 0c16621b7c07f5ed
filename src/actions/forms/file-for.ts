import type { ReportAnswers } from '../../domain/forms/report-form.js';
import type { Person } from '../../domain/person.js';
import type { Role } from '../../domain/people.js';
import type { ActionDeps } from '../deps.js';
import { fileDraft, filedBefore, type Filed, type Filing } from './file-report.js';
import { stepOf } from './form-steps.js';

/** Turns a draft that staff filled in for an enterprise into its case; whom it concerns is told if he has a chat (rules §2, file-for). */
export const fileFor =
  (deps: ActionDeps) =>
  async ({
    person,
    role,
    draftId,
    causeId,
    expectedRev,
  }: Filing & { readonly role: Role }): Promise<Filed> => {
    const draft = await deps.store.drafts.byId(draftId);
    const answers = draft?.answers as ReportAnswers | undefined;
    if (!draft || draft.personId !== person.id || !answers?.onBehalf)
      return { ok: false, refusal: 'form-over', draft: null };
    if (draft.state === 'sent') return await filedBefore(deps, draft);
    if (draft.state !== 'open' || (role !== 'duty' && role !== 'liaison'))
      return { ok: false, refusal: 'form-over', draft: null };
    const { source } = answers.onBehalf;
    if (stepOf(draft) !== 'consent' || draft.rev !== expectedRev || !source)
      return { ok: false, refusal: 'stale', draft };
    const { enterpriseId, reporter } = await whose(deps, answers);
    return await fileDraft(deps, {
      draft,
      by: person,
      causeId,
      answers: {
        ...answers,
        enterprise: { id: enterpriseId, name: answers.enterprise?.name ?? null },
      },
      reporter,
      onBehalf: { source, byId: person.id, relation: role },
    });
  };

/** A typed name is looked up among the known enterprises; the first contact with a chat speaks for it. */
export async function whose(
  { store }: ActionDeps,
  { enterprise }: ReportAnswers,
): Promise<{ readonly enterpriseId: string | null; readonly reporter: Person | null }> {
  const known = (await store.organisation.enterprises()).find(
    ({ id, name }) => id === enterprise?.id || name === enterprise?.name,
  );
  const contacts = known ? await store.people.byIds(known.contacts) : [];
  // Somebody who never started the bot has chosen no language, and cannot be written to.
  return {
    enterpriseId: known?.id ?? null,
    reporter: contacts.find((contact) => contact.language !== null && contact.reachable) ?? null,
  };
}
