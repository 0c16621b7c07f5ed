import type { Person } from '../../domain/person.js';
import type { ActionDeps } from '../deps.js';

/** Makes a form that is still open the one a person's next words go to. */
export const resumeForm =
  ({ store }: ActionDeps) =>
  async (person: Person, draftId: string): Promise<void> => {
    await store.people.change(person.id, { draftId });
  };
