import type { CaseRecord } from '../domain/case.js';
import { awaitsChoice, unmatchedNames, wishedNames } from '../domain/exclusions.js';
import type { Message } from '../store/messages.js';
import type { Store } from '../store/index.js';

/** The names the reporter wants kept out that are nobody's we know, until somebody of the commission decides about them. */
export async function openNames(
  { organisation, people, messages }: Pick<Store, 'organisation' | 'people' | 'messages'>,
  c: CaseRecord,
  said?: readonly Message[],
): Promise<readonly string[]> {
  if (!awaitsChoice(c)) return [];
  const [texts, staff, departments] = await Promise.all([
    said ?? messages.ofCase(c.id),
    people.withGrants(),
    organisation.departments(),
  ]);
  return unmatchedNames(wishedNames(texts), {
    staff,
    departments: departments.flatMap(({ name }) => [name.zh, name.en]),
  });
}
