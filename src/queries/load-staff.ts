import { commissionRoles, departmentRoles } from '../domain/people.js';
import type { QueryDeps } from './deps.js';

/** People one can be asked to keep out of a case: those of a department, or of the commission. */
export interface StaffGroup {
  readonly code: string;
  readonly people: readonly { readonly personId: string; readonly name: string }[];
}

/** Gives everybody who could get a case, by department; the commission stands first. */
export const loadStaff =
  ({ store }: QueryDeps) =>
  async (): Promise<readonly StaffGroup[]> => {
    const groups = new Map<string, Map<string, string>>([['commission', new Map()]]);
    for (const { id, contact, grants } of await store.people.withGrants()) {
      for (const { role, department } of grants) {
        const code = commissionRoles.includes(role) || role === 'liaison' ? 'commission' : department;
        if (code === undefined || (code !== 'commission' && !departmentRoles.includes(role))) continue;
        const people = groups.get(code) ?? new Map<string, string>();
        groups.set(code, people.set(id, contact.official ?? contact.name));
      }
    }
    return [...groups].map(([code, people]) => ({
      code,
      people: [...people].map(([personId, name]) => ({ personId, name })),
    }));
  };
