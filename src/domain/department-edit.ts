/** What an administrator types about a department, read or refused. Pure. */
import { cleanText } from './forms/form.js';

export interface DepartmentNames {
  readonly zh: string;
  readonly en: string;
}

/** What was typed about a department, before it holds. */
export type DepartmentChange =
  | { readonly field: 'add' | 'name'; readonly code: string; readonly name: DepartmentNames }
  | { readonly field: 'words'; readonly code: string; readonly words: readonly string[] };

/** Why a change of the organisation was refused; the words are in the text catalogue. */
export type OrgRefusal =
  | 'not-yours'
  | 'unreadable'
  | 'code-taken'
  | 'above-itself'
  | 'last-one'
  | 'no-domain'
  | 'gone';

const longestName = 40;
const longestWord = 20;
const mostWords = 100;
const codePattern = /^[A-Z0-9]{1,12}$/;

const partsOf = (typed: string): readonly string[] =>
  cleanText(typed)
    .split(/[,，|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const isName = (text: string | undefined): text is string =>
  text !== undefined && [...text].length >= 2 && [...text].length <= longestName;

/** "商务局，Commerce Bureau" → both names; null for anything else. */
export function readNames(typed: string): DepartmentNames | null {
  const [zh, en, ...more] = partsOf(typed);
  return isName(zh) && isName(en) && more.length === 0 ? { zh, en } : null;
}

/** "SWJ，商务局，Commerce Bureau" → code and names; null for anything else. */
export function readDepartment(typed: string): (DepartmentNames & { readonly code: string }) | null {
  const [first = '', zh, en, ...more] = partsOf(typed);
  const code = first.toUpperCase();
  if (!codePattern.test(code) || !isName(zh) || !isName(en) || more.length > 0) return null;
  return { code, zh, en };
}

/** Words by which a report finds the department: separated by commas or spaces, each once; null for too many or too long ones. */
export function readWords(typed: string): readonly string[] | null {
  const words = [
    ...new Set(
      cleanText(typed)
        .split(/[\s,，、;；|]+/)
        .filter((word) => word !== ''),
    ),
  ];
  if (words.length === 0 || words.length > mostWords) return null;
  return words.every((word) => [...word].length <= longestWord) ? words : null;
}

/** Whether a department would stand above itself with this parent. */
export function wouldLoop(
  code: string,
  parent: string | null,
  departments: readonly { readonly code: string; readonly parent: string | null }[],
): boolean {
  let above = parent;
  for (let step = 0; above !== null && step <= departments.length; step++) {
    if (above === code) return true;
    above = departments.find((one) => one.code === above)?.parent ?? null;
  }
  return false;
}
