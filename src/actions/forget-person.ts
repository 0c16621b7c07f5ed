import type { Person } from '../domain/person.js';
import { mayLeave } from '../domain/viewers.js';
import { changeCase } from './change-case.js';
import type { ActionDeps } from './deps.js';

/**
 * Deletes somebody's account: his drafts, searches, cards, what waits for him, and who he is. His cases stay with the
 * commission until their date of retention and go on without a chat; his person goes last, so that a run cut short is
 * finished by pressing again. False for staff.
 */
export const forgetPerson =
  (deps: ActionDeps) =>
  async (person: Person): Promise<boolean> => {
    if (!mayLeave(person)) return false;
    const { store } = deps;
    const viewer = { personId: person.id, role: 'enterprise' } as const;
    for (const caseId of await store.retained.idsOfReporter(person.id))
      await changeCase(deps)({ caseId, name: 'leave', viewer, causeId: null });
    await store.searchTokens.forgetReporter(person.id);
    await store.drafts.eraseOf(person.id);
    await store.searches.eraseOf(person.id);
    await store.cards.eraseOf(person.id);
    await store.deliveries.erase({ personId: person.id });
    await store.organisation.removeContact(person.id);
    await store.people.forget(person.id);
    return true;
  };
