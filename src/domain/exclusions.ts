/** Whoever a complaint names, person or department, never receives it (rules §6). Pure. */
import type { CaseRecord, CaseState } from './case.js';
import { commissionRoles, departmentRoles, isKeptOut, isStaff, type Viewer } from './people.js';
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
 * After filing he says it in a line of its own ("回避：…"): there a name that matches nobody is asked about, and a department
 * is meant to be kept out, which merely occurring in what he writes it is not. Null where he says nothing of it.
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
  const typed = asRead(names);
  // Most reports name nobody, and whoever gets a new name has all the running ones looked through.
  if (typed.plain === '' && departments.length === 0) return [];
  const named = staff
    .filter(({ id, contact, grants }) => {
      if (id === reporterId) return false;
      if (namesOf(contact).some((name) => isNamed(name, typed))) return true;
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
 * Takes a text and those who may stand in it, gives which staff it names: whoever a complaint names never receives it, be it
 * that nobody asked for it (rules §6). Whoever wrote it down does not mean himself.
 */
export function namedIn(
  text: string,
  people: readonly Person[],
  writers: readonly (string | null)[],
): readonly string[] {
  const read = asRead(text);
  return people
    .filter(({ id, grants }) => !writers.includes(id) && grants.some(isStaff))
    .filter(({ contact }) => namesOf(contact).some((name) => isDistinct(name) && isNamed(name, read)))
    .map(({ id }) => id);
}

/** "May" and "Will" are words of any sentence; where a name is asked for, they are names. */
const isDistinct = (name: string): boolean => /\p{Script=Han}|\p{N}|\S\s+\S/u.test(name.trim());

export interface SaidOfCase {
  /** What its reporter wrote about who must not see it. */
  readonly names: string;
  /** Everything that he wrote to the commission. */
  readonly said: string;
  /** Who speaks for its enterprise. */
  readonly speaking: readonly string[];
}

/**
 * Takes a case, what was said of it, the staff as they are now, and those about whom there is news; gives whom it should keep
 * out and does not. Whom a supervisor has let in again is not among them.
 */
export function laterExcluded(
  c: CaseRecord,
  { names, said, speaking }: SaidOfCase,
  staff: readonly Person[],
  news: readonly Person[] = staff,
): readonly string[] {
  const lifted = c.history
    .filter(({ transition }) => transition === 'lift-exclusion')
    .flatMap(({ detail = '' }) => detail.split(' '));
  const { excludedDepartments: departments, excludedPersonIds, reporterId } = c;
  const wished = [
    ...excludedPeople({ departments, names, reporterId }, staff),
    ...withInvitees([...excludedPersonIds, ...namedIn(said, news, [reporterId, c.filedById])], staff),
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

/** Between the names somebody typed; a space only where no name of one person has one, and a word that may be part of a name only between whole ones. */
const between =
  /[、，,;；/\n]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|\s(?:and|&)\s|(?<=\p{Script=Han}{2}|[\s\p{Script=Latin}])(?:以及|[和与及])(?=\p{Script=Han}{2}|[\s\p{Script=Latin}])/iu;
const notDispatched: readonly CaseState[] = ['filed', 'supplement', 'returned'];

/** Names were typed, no department has the case yet, and nobody of the commission has decided about them since. */
export const awaitsChoice = ({ state, history }: CaseRecord): boolean => {
  const typed = history.findLastIndex(({ messageIds }) => messageIds.some(isExclusionText));
  return (
    notDispatched.includes(state) &&
    typed >= 0 &&
    !history
      .slice(typed)
      .some(
        ({ transition, relation }) =>
          transition === 'settle-names' || (transition === 'exclude' && relation !== 'system'),
      )
  );
};

/** Takes what a reporter typed about who must not see it, the staff and the names of all departments; gives those he named who are nobody. */
export function unmatchedNames(
  names: string,
  { staff, departments }: { readonly staff: readonly Person[]; readonly departments: readonly string[] },
): readonly string[] {
  const known = departments.map(plainName);
  return whole(names, departments)
    .split(between)
    .map((one) => one.replaceAll(joint, '').trim())
    .filter((one) => one !== '' && !known.includes(plainName(one)))
    .filter((one) => {
      const read = asRead(one);
      return !staff.some(({ contact }) => namesOf(contact).some((name) => isNamed(name, read)));
    });
}

/** Holds the name of a department together that has an "and" in it. */
const joint = '\u200D';
const whole = (names: string, departments: readonly string[]): string =>
  departments.reduce(
    (text, name) => text.replaceAll(name, name.replaceAll(/(?=[和与及\s])/gu, joint)),
    names,
  );

const namesOf = ({ name, official }: Contact): readonly string[] =>
  official === undefined ? [name] : [name, official];

/** A text in which names are looked for. */
interface Read {
  readonly plain: string;
  readonly words: () => string;
}

/** Chinese has no spaces: a word of another script ends where it begins. */
const wordsOf = (plain: string): string =>
  ` ${plain
    .replaceAll(/\p{Script=Han}+/gu, ' $& ')
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim()} `;

const asRead = (text: string): Read => {
  const plain = plainName(text);
  let words: string | undefined;
  return { plain, words: () => (words ??= wordsOf(plain)) };
};

/**
 * Chinese names stand among other characters ("王五科长"); in other scripts a name is made of whole words. A number is nobody's
 * name: it stands for whoever has not come yet.
 */
function isNamed(name: string, { plain: text, words }: Read): boolean {
  const plain = plainName(name);
  const together = plain.replaceAll(/(?<=\p{Script=Han})\s(?=\p{Script=Han})/gu, '');
  if (/^[\p{Script=Han}·]{2,}$/u.test(together)) return text.includes(together);
  return plain.length >= 3 && /\p{L}/u.test(plain) && words().includes(wordsOf(plain));
}
