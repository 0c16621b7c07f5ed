import { departmentReaderOf, type ReportAnswers } from '../domain/forms/report-form.js';
import { marksIn } from '../domain/masking/mask.js';
import type { Person } from '../domain/person.js';
import { matchDepartments } from '../domain/routing/match-departments.js';
import type { Department } from '../store/organisation.js';
import type { QueryDeps } from './deps.js';

/** Who else will see the name, as exactly as it can be said before a report is sent (rules §6). */
export interface NamePreview {
  /** The departments the router would propose, best first. */
  readonly departments: readonly Department[];
  readonly hasLiaison: boolean;
  /** The reporter's own words hold names or numbers by which he can be found. */
  readonly tellsWho: boolean;
}

const mostProposed = 3;

/** Reads the answers as the router will read the report; nothing is promised to a department a report does not go to. */
export const previewReaders =
  ({ store }: QueryDeps) =>
  async (answers: ReportAnswers, reporter: Person['contact']): Promise<NamePreview> => {
    const [departments, { fallback }, enterprises] = await Promise.all([
      store.organisation.departments(),
      store.organisation.routing(),
      store.organisation.enterprises(),
    ]);
    const own = enterprises.find(({ id }) => id === answers.enterprise?.id);
    const goesToOne = departmentReaderOf(answers) === 'department';
    const keptOut = answers.excluded?.departments ?? [];
    const matching = matchDepartments(answers.text ?? '', answers.domain ?? 'other', departments).filter(
      (code) => !keptOut.includes(code),
    );
    const codes = matching.length > 0 ? matching.slice(0, mostProposed) : [fallback];
    const { name, username } = reporter;
    const people = [name, ...(username === null ? [] : [username])].filter((known) => known !== '');
    const writer = { enterprise: answers.enterprise?.name ?? null, people, numbers: [] };
    return {
      tellsWho: marksIn(answers.text ?? '', writer).length > 0,
      departments: goesToOne
        ? codes.flatMap((code) => departments.find((one) => one.code === code) ?? [])
        : [],
      hasLiaison: own !== undefined && own.liaisonId !== null,
    };
  };
