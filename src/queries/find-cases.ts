import type { CaseRecord } from '../domain/case.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { isEmptyQuery, readQuery, type CaseQuery, type Vocabulary } from '../domain/search/read-query.js';
import { searchForm, wordsOf } from '../domain/search/words.js';
import { sightOf } from '../domain/visibility.js';
import type { PageKey } from '../store/case-pages.js';
import type { SearchScope } from '../store/search-tokens.js';
import type { QueryDeps } from './deps.js';
import { asRows, type ListRow } from './list-cases.js';
import { pageToken, readPageToken } from './page-token.js';

export interface FoundPage {
  readonly rows: readonly ListRow[];
  /** Tokens of the neighbouring pages; null where there is none. */
  readonly next: string | null;
  readonly previous: string | null;
}

export type Finding =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'page'; readonly page: FoundPage };

export interface Looking {
  readonly viewer: Viewer;
  readonly typed: string;
  /** The token of a page; the first one without. */
  readonly token: string;
  readonly states: Vocabulary['states'];
}

const rowsPerPage = 8;
const batch = 40;
/** Cases looked at for one page; whoever needs more has to say more words. */
const mostLookedAt = 800;

/**
 * Finds cases by number, state, department and words, the newest first: the commission in everything but hidden names,
 * a department in the version it was given, a reporter in his own. Whatever the index says, only what the viewer may
 * see is shown (rules §6).
 */
export const findCases =
  (deps: QueryDeps) =>
  async ({ viewer, typed, token, states }: Looking): Promise<Finding> => {
    const departments = await deps.store.organisation.departments();
    const query = readQuery(typed, {
      states,
      departments: departments.map(({ code, name }) => ({ code, names: [name.zh, name.en] })),
    });
    if (query.number !== null) return { kind: 'number', number: query.number };
    const words = wordsOf(await deps.segmenter.pieces(searchForm(query.rest)));
    if (isEmptyQuery(query) || (query.rest !== '' && words.length === 0)) return { kind: 'nothing-asked' };
    const page = await pageFrom(deps, { viewer, query, words }, readPageToken(token));
    return { kind: 'page', page };
  };

interface Search {
  readonly viewer: Viewer;
  readonly query: CaseQuery;
  readonly words: readonly string[];
}

async function pageFrom(deps: QueryDeps, search: Search, from: PageKey | null): Promise<FoundPage> {
  const back = from?.towards === 'previous';
  const found = await collect(deps, search, from, rowsPerPage + 1);
  if (from !== null && found.length < (back ? rowsPerPage : 1)) return await pageFrom(deps, search, null);
  const more = found.length > rowsPerPage;
  const shown = found.slice(0, rowsPerPage);
  const cases = back ? shown.toReversed() : shown;
  const token = (c: CaseRecord | undefined, towards: PageKey['towards'], wanted: boolean): string | null =>
    c && wanted ? pageToken({ at: c.filedAt, id: c.id, towards }) : null;
  return {
    rows: await asRows(deps.store, cases, search.viewer),
    next: token(cases.at(-1), 'next', back || more),
    previous: token(cases[0], 'previous', back ? more : from !== null),
  };
}

/** Goes through the candidates batch by batch until enough of them may be seen. */
async function collect(
  deps: QueryDeps,
  search: Search,
  from: PageKey | null,
  wanted: number,
): Promise<readonly CaseRecord[]> {
  const seen: CaseRecord[] = [];
  let key = from;
  for (let looked = 0; looked < mostLookedAt; looked += batch) {
    const candidates = await nextBatch(deps, search, key);
    seen.push(...candidates.filter((c) => fits(c, search)));
    const last = candidates.at(-1);
    if (seen.length >= wanted || candidates.length < batch || last === undefined) break;
    key = { at: last.filedAt, id: last.id, towards: from?.towards ?? 'next' };
  }
  return seen.slice(0, wanted);
}

async function nextBatch(
  { store }: QueryDeps,
  { viewer, query, words }: Search,
  from: PageKey | null,
): Promise<readonly CaseRecord[]> {
  const { states, departments } = query;
  if (words.length === 0)
    return await store.cases.newest(viewer, { states, departments, from, limit: batch });
  const matches = await store.searchTokens.matching({
    scope: scopeOf(viewer),
    words,
    from,
    limit: batch,
    ...(viewer.role === 'enterprise' ? { reporterId: viewer.personId } : {}),
    ...(viewer.departments === undefined ? {} : { departments: viewer.departments }),
  });
  const cases = new Map((await store.cases.byIds(matches.map(({ id }) => id))).map((c) => [c.id, c]));
  return matches.flatMap(({ id }) => cases.get(id) ?? []);
}

const scopeOf = ({ role }: Viewer): SearchScope =>
  role === 'officer' || role === 'head' ? 'department' : 'commission';

function fits(c: CaseRecord, { viewer, query }: Search): boolean {
  if (!sightOf(relationOf(viewer, c), c).exists) return false;
  if (query.states.length > 0 && !query.states.includes(c.state)) return false;
  return (
    query.departments.length === 0 || (c.department !== null && query.departments.includes(c.department))
  );
}
