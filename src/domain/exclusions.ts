/** Whoever a complaint names, person or department, never receives it (rules §6). Pure. */
import type { CaseRecord } from './case.js';
import { commissionRoles, departmentRoles, isKeptOut, type Viewer } from './people.js';
import type { Person } from './person.js';

type Excluding = Pick<CaseRecord, 'excludedPersonIds' | 'excludedDepartments'>;

/** Somebody who must not see a case: by himself, or as an officer or head of excluded departments only. */
export function isExcluded({ personId, role, departments = [] }: Viewer, c: CaseRecord): boolean {
  if (role === 'enterprise' ? c.excludedPersonIds.includes(personId) : isKeptOut(personId, c)) return true;
  return departmentRoles.includes(role) && departments.every((code) => c.excludedDepartments.includes(code));
}

/** Somebody is to be kept out, be it that no such person was found: then no router is certain (rules §1). */
export const asksForExclusion = (c: Excluding & Pick<CaseRecord, 'history'>): boolean =>
  c.excludedDepartments.length + c.excludedPersonIds.length > 0 ||
  (c.history[0]?.messageIds.some((id) => id.endsWith(exclusionSuffix)) ?? false);

/** Whether anybody of the commission is left to read it: a case that nobody may see would be heard of by nobody. */
export const leavesReader = (keptOut: readonly string[], staff: readonly Person[]): boolean =>
  staff.some(
    ({ id, grants }) => !keptOut.includes(id) && grants.some(({ role }) => commissionRoles.includes(role)),
  );

/** Marks the text in which the reporter named those who must not see his report. */
export const exclusionSuffix = '.exclude';

export interface Wish {
  readonly departments: readonly string[];
  /** Names as they were typed. */
  readonly names: string;
  readonly reporterId: string;
}

/**
 * Takes a reporter's wish and the staff, gives the people to be kept out: those whose name was typed, those of the
 * excluded departments who could see the case in another role, and whom these have brought in. He does not exclude himself.
 */
export function excludedPeople(
  { departments, names, reporterId }: Wish,
  staff: readonly Person[],
): readonly string[] {
  const typed = plainName(names);
  const named = staff
    .filter(({ id, contact, grants }) => {
      if (id === reporterId) return false;
      if ([contact.name, contact.official ?? ''].some((name) => isNamed(name, typed))) return true;
      const inside = grants.some(
        ({ department }) => department !== undefined && departments.includes(department),
      );
      return (
        inside &&
        grants.some(
          ({ department, role }) => role !== 'enterprise' && !departments.includes(department ?? ''),
        )
      );
    })
    .map(({ id }) => id);
  return withInvitees(named, staff).filter((id) => id !== reporterId);
}

/**
 * Whoever of a department is kept out takes with him whom he invited, and whom those invited. An administrator, who gives out
 * every role and reads no case, takes nobody with him.
 */
export function withInvitees(ids: readonly string[], staff: readonly Person[]): readonly string[] {
  const inviters = staff.filter(
    ({ id, grants }) => ids.includes(id) && grants.some(({ role }) => departmentRoles.includes(role)),
  );
  const brought = staff.filter(
    ({ id, invitedBy, grants }) =>
      !ids.includes(id) &&
      inviters.some((inviter) => inviter.id === invitedBy) &&
      grants.some(({ via }) => via === 'invite'),
  );
  return brought.length === 0 ? ids : withInvitees([...ids, ...brought.map(({ id }) => id)], staff);
}

const plainName = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** Chinese names stand among other characters ("王五科长"); in other scripts a name is made of whole words. */
function isNamed(name: string, typed: string): boolean {
  const plain = plainName(name);
  if (/^\p{Script=Han}{2,}$/u.test(plain)) return typed.includes(plain);
  if (plain.length < 3) return false;
  const words = (text: string): string => ` ${text.split(/[^\p{L}\p{N}]+/u).join(' ')} `;
  return words(typed).includes(words(plain));
}
