import type { Person } from '../../domain/person.js';
import { cameBefore } from '../../domain/update-order.js';
import type { ActionDeps } from '../deps.js';

/** Makes a form that is still open the one a person's next words go to; an update that comes late leaves it as a later one has made it. */
export const resumeForm =
  ({ store }: Pick<ActionDeps, 'store'>) =>
  async (person: Person, draftId: string, causeId: string): Promise<void> => {
    if (person.draftId !== null && cameBefore(causeId, person.draftCause ?? '')) return;
    await store.people.takeUpForm(person, { draftId, draftCause: causeId });
  };
