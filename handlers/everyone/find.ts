/** Finding cases by number, department, state and words; everybody only among what he may see. */
import { caseStates } from '../../src/domain/case.js';
import { languages, type Role } from '../../src/domain/people.js';
import { catalogs } from '../../src/text/catalog.js';
import { findView } from '../../src/text/find.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { showCase } from './show-case.js';

const readers: readonly Role[] = ['enterprise', 'officer', 'head', 'duty', 'supervisor', 'leader'];

export function find(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;
  const states = caseStates.map((state) => ({
    state,
    names: languages.map((language) => catalogs[language].words.state[state]),
  }));

  const look = async (turn: Turn, typed: string, at: { searchId?: string; token: string }): Promise<void> => {
    const found = await queries.find({ viewer: turn.viewer, typed, token: at.token, states });
    if (found.kind === 'nothing-asked') return await turn.toast(turn.reader.text.find.how);
    // A missing and a forbidden case are answered alike (rules §6).
    if (found.kind === 'number')
      return await showCase(deps, turn, (await queries.caseIdOf(found.number)) ?? '');
    const searchId = at.searchId ?? (await actions.rememberSearch(turn.person.id, typed));
    const own = turn.viewer.role === 'enterprise';
    await turn.show(findView({ page: found.page, typed, searchId, own }, turn.reader));
  };

  return {
    commands: {
      find: {
        roles: readers,
        run: async (turn, argument) => await look(turn, argument.trim(), { token: '' }),
      },
    },
    presses: {
      find: async (turn, press) => {
        const typed = await queries.search(press.id ?? '', turn.person.id);
        if (typed === null || !readers.includes(turn.viewer.role))
          return await turn.toast(turn.reader.text.find.forgotten);
        await look(turn, typed, { searchId: press.id ?? '', token: press.arg ?? '' });
      },
    },
  };
}
