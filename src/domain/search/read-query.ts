/** What somebody typed to find a case, taken apart: a number, states, departments, and the words that remain. Pure. */
import { parseCaseNumber } from '../case-number.js';
import { caseStates, type CaseState } from '../case.js';

/** How states and departments are called, in whatever language; a name is matched whole. */
export interface Vocabulary {
  readonly states: readonly { readonly state: CaseState; readonly names: readonly string[] }[];
  readonly departments: readonly { readonly code: string; readonly names: readonly string[] }[];
}

export interface CaseQuery {
  readonly number: string | null;
  readonly states: readonly CaseState[];
  readonly departments: readonly string[];
  /** What is left to be looked for in the text. */
  readonly rest: string;
}

/** Most characters that are read of a query. */
export const longestQuery = 200;

export function readQuery(typed: string, vocabulary: Vocabulary): CaseQuery {
  const text = typed.slice(0, longestQuery).normalize('NFKC').toLowerCase();
  const number = parseCaseNumber(text) ?? null;
  if (number !== null) return { number, states: [], departments: [], rest: '' };
  const states = new Set<string>();
  const departments = new Set<string>();
  const names = [
    ...vocabulary.states.flatMap(({ state, names: called }) =>
      called.map((name) => ({ name, found: () => states.add(state) })),
    ),
    ...vocabulary.departments.flatMap(({ code, names: called }) =>
      [code, ...called].map((name) => ({ name, found: () => departments.add(code) })),
    ),
  ].toSorted((a, b) => b.name.length - a.name.length);
  let rest = ` ${text.replace(/[\s,，;；、。]+/g, ' ').trim()} `;
  for (const { name, found } of names) {
    const whole = ` ${name.normalize('NFKC').toLowerCase()} `;
    if (!rest.includes(whole)) continue;
    found();
    rest = rest.replaceAll(whole, ' ');
  }
  return {
    number: null,
    states: caseStates.filter((state) => states.has(state)),
    departments: [...departments],
    rest: rest.trim(),
  };
}

/** Nothing to look for was given. */
export const isEmptyQuery = ({ number, states, departments, rest }: CaseQuery): boolean =>
  number === null && states.length === 0 && departments.length === 0 && rest === '';
