import { readCutText, type TypedText } from '../domain/forms/cut-text.js';
import type { Person } from '../domain/person.js';
import type { ActionDeps } from './deps.js';

/** Whether a message is the rest of a text that was too long for any form: refused with its beginning, which was answered. */
export const continuesRefused =
  ({ store }: ActionDeps) =>
  async (person: Person, typed: TypedText): Promise<boolean> => {
    const cut = readCutText(person.cutText ?? null, typed);
    if (!cut) return false;
    await store.people.change(person.id, { cutText: cut.of });
    return !cut.begins;
  };
