/** Whoever a complaint names, person or department, never receives it (rules §6). Pure. */
import type { CaseRecord, CaseState } from './case.js';
import { commissionRoles, departmentRoles, isKeptOut, type Viewer } from './people.js';
import type { Contact, Person } from './person.js';

type Excluding = Pick<CaseRecord, 'excludedPersonIds' | 'excludedDepartments'>;

/** Somebody who must not see a case: by himself, or as an officer or head of excluded departments only. */
export function isExcluded({ personId, role, departments = [] }: Viewer, c: CaseRecord): boolean {
  if (role !== 'enterprise' && isKeptOut(personId, c)) return true;
  return departmentRoles.includes(role) && departments.every((code) => c.excludedDepartments.includes(code));
}

/** Somebody is to be kept out, be it that no such person was found: then no router is certain (rules §1). */
export const asksForExclusion = (c: Excluding & Pick<CaseRecord, 'history'>): boolean =>
  c.excludedDepartments.length + c.excludedPersonIds.length > 0 ||
  c.history.some(({ messageIds }) => messageIds.some(isExclusionText));

/** Everybody who is kept out of a case, these as well. */
export const keptOutWith = (c: CaseRecord, personIds: readonly string[]): readonly string[] => [
  c.reporterId,
  ...c.access.interestedIds,
  ...c.excludedPersonIds,
  ...personIds,
];

/** Whether anybody of the commission is left to read it: a case that nobody may see would be heard of by nobody. */
export const leavesReader = (keptOut: readonly string[], staff: readonly Person[]): boolean =>
  staff.some(
    ({ id, grants }) => !keptOut.includes(id) && grants.some(({ role }) => commissionRoles.includes(role)),
  );

/** Marks the text in which the reporter named those who must not see his report. */
export const exclusionSuffix = '.exclude';
export const isExclusionText = (messageId: string): boolean => messageId.endsWith(exclusionSuffix);

/**
 * After filing he says it in a line of its own ("回避：…"): a name that merely occurs in what he writes is no wish, and
 * words like "leader" are names of nobody. Null where he says nothing of it.
 */
export function keepOutWords(text: string): string | null {
  const lines = text
    .split('\n')
    .map((line) => /^\s*(?:🚫\s*)?(?:回避|keep out)\s*[:：](.+)$/i.exec(line)?.[1]?.trim());
  const said = lines.filter((line) => line !== undefined && line !== '');
  return said.length === 0 ? null : said.join('\n');
}

/** Everything the reporter wrote about who must not see his report, of all that was said. */
export const wishedNames = (said: readonly { readonly id: string; readonly text: string }[]): string =>
  said
    .filter(({ id }) => isExclusionText(id))
    .map(({ text }) => keepOutWords(text) ?? text.replace(/^🚫\s*/u, ''))
    .join('\n');

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
  // Most reports name nobody, and whoever gets a new name has all the running ones looked through.
  if (typed === '' && departments.length === 0) return [];
  const named = staff
    .filter(({ id, contact, grants }) => {
      if (id === reporterId) return false;
      if (typed !== '' && namesOf(contact).some((name) => isNamed(name, typed))) return true;
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
 * Takes a case, what its reporter wrote about who must not see it, who speaks for its enterprise, and the staff as they are
 * now; gives whom it should keep out and does not. Whom a supervisor has let in again is not among them.
 */
export function laterExcluded(
  c: CaseRecord,
  { names, speaking }: { readonly names: string; readonly speaking: readonly string[] },
  staff: readonly Person[],
): readonly string[] {
  const lifted = c.history
    .filter(({ transition }) => transition === 'lift-exclusion')
    .flatMap(({ detail = '' }) => detail.split(' '));
  const { excludedDepartments: departments, excludedPersonIds, reporterId } = c;
  const wished = [
    ...excludedPeople({ departments, names, reporterId }, staff),
    ...withInvitees(excludedPersonIds, staff),
    ...speaking,
  ];
  return [...new Set(wished)].filter((id) => !isKeptOut(id, c) && !lifted.includes(id));
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
    (one) =>
      !ids.includes(one.id) &&
      inviters.some((inviter) => one.inviters.includes(inviter.id)) &&
      one.grants.some(({ via }) => via === 'invite'),
  );
  return brought.length === 0 ? ids : withInvitees([...ids, ...brought.map(({ id }) => id)], staff);
}

const plainName = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** Between the names somebody typed; a space only where no name of one person has one. */
const between = /[、，,;；/\n]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|\s(?:and|&)\s/u;
const notDispatched: readonly CaseState[] = ['filed', 'supplement', 'returned'];

/** Names were typed, no department has the case yet, and nobody of the commission has chosen whom to keep out. */
export const awaitsChoice = ({ state, history }: CaseRecord): boolean =>
  notDispatched.includes(state) &&
  history.some(({ messageIds }) => messageIds.some(isExclusionText)) &&
  !history.some(({ transition, relation }) => transition === 'exclude' && relation !== 'system');

/** Takes what a reporter typed about who must not see it, the staff and the names of all departments; gives how many of those he named are nobody. */
export function unmatchedNames(
  names: string,
  { staff, departments }: { readonly staff: readonly Person[]; readonly departments: readonly string[] },
): number {
  const known = departments.map(plainName);
  return names
    .split(between)
    .map(plainName)
    .filter((one) => one !== '' && !known.includes(one))
    .filter((one) => !staff.some(({ contact }) => namesOf(contact).some((name) => isNamed(name, one))))
    .length;
}

const namesOf = ({ name, official }: Contact): readonly string[] =>
  official === undefined ? [name] : [name, official];

/** Chinese names stand among other characters ("王五科长"); in other scripts a name is made of whole words. */
function isNamed(name: string, typed: string): boolean {
  const plain = plainName(name);
  if (/^\p{Script=Han}{2,}$/u.test(plain)) return typed.includes(plain);
  if (plain.length < 3) return false;
  const words = (text: string): string => ` ${text.split(/[^\p{L}\p{N}]+/u).join(' ')} `;
  return words(typed).includes(words(plain));
}
