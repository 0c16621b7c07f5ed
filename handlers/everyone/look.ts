import { caseStates } from '../../src/domain/case.js';
import { looksLikeNumber } from '../../src/domain/case-number.js';
import { languages, type Role } from '../../src/domain/people.js';
import { catalogs } from '../../src/text/catalog.js';
import { findView } from '../../src/text/find.js';
import type { HandlerDeps, Turn } from '../turn.js';
import { showCase } from './show-case.js';

/** Who may look for cases by words, each among what he may see. */
export const finders: readonly Role[] = [
  'enterprise',
  'officer',
  'head',
  'liaison',
  'duty',
  'supervisor',
  'leader',
];

const states = caseStates.map((state) => ({
  state,
  names: languages.map((language) => catalogs[language].words.state[state]),
}));

/** Shows what was found for the typed words, or the case whose number they are. */
export const look =
  (deps: HandlerDeps) =>
  async (
    turn: Turn,
    typed: string,
    at: { readonly searchId?: string; readonly token: string },
  ): Promise<void> => {
    const found = await deps.queries.find({ viewer: turn.viewer, typed, token: at.token, states });
    const { find } = turn.reader.text;
    const isEmpty = found.kind === 'nothing-asked' || (found.kind === 'page' && found.page.rows.length === 0);
    if (isEmpty && looksLikeNumber(typed)) return await turn.toast(find.noSuchNumber);
    if (found.kind === 'nothing-asked') return await turn.toast(find.how);
    // A missing and a forbidden case are answered alike (rules §6).
    if (found.kind === 'number')
      return await showCase(deps, turn, (await deps.queries.caseIdOf(found.number)) ?? '');
    const searchId = at.searchId ?? (await deps.actions.rememberSearch(turn.person.id, typed));
    const own = turn.viewer.role === 'enterprise';
    await turn.show(findView({ page: found.page, typed, searchId, own }, turn.reader));
  };
