import { absenceOf, type Absence } from '../domain/substitutes.js';
import type { QueryDeps } from './deps.js';

/** An officer of a department, or somebody who still has cases of it in hand. */
export interface Mate {
  readonly personId: string;
  readonly name: string;
  readonly open: number;
  /** Why he cannot have cases in hand now. */
  readonly absence: Absence | null;
  readonly awayUntil: Date | null;
}

/** Takes a department, and who reads, gives its officers and whoever else holds its open cases, the busiest first. */
export const loadTeam =
  ({ store, rules, clock }: QueryDeps) =>
  async (department: string, reader: string): Promise<readonly Mate[]> => {
    const [officers, holdings] = await Promise.all([
      store.people.holding('officer', department),
      store.work.holdings(department, reader),
    ]);
    const open = new Map(holdings.map((holding) => [holding.handlerId, holding.open]));
    const ids = [...new Set([...officers, ...open.keys()])];
    const people = new Map((await store.people.byIds(ids)).map((person) => [person.id, person]));
    return ids
      .map((personId): Mate => {
        const person = people.get(personId) ?? null;
        return {
          personId,
          name: person?.contact.name ?? '—',
          open: open.get(personId) ?? 0,
          absence: absenceOf(person, department, clock.now(), rules.current()),
          awayUntil: person?.awayUntil ?? null,
        };
      })
      .toSorted((a, b) => b.open - a.open);
  };
