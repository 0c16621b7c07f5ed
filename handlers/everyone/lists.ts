/** Lists with paging: one's own cases, the day's work, the pool. */
import { listNames, type ListName } from '../../src/queries/list-cases.js';
import { listView } from '../../src/text/list.js';
import type { Role } from '../../src/domain/people.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

const readers: Readonly<Record<ListName, readonly Role[]>> = {
  my: ['enterprise'],
  todo: ['officer', 'head', 'duty', 'supervisor', 'leader'],
  pool: ['duty', 'supervisor', 'leader', 'liaison'],
};

export function lists({ queries }: HandlerDeps): Feature {
  const show = async (turn: Turn, list: ListName, page: string): Promise<void> => {
    const found = await queries.list(list, turn.viewer, page);
    await turn.show(listView(found, turn.viewer.role, turn.reader));
  };

  return {
    commands: Object.fromEntries(
      listNames.map((list) => [
        list,
        { roles: readers[list], run: async (turn: Turn) => await show(turn, list, '') },
      ]),
    ),
    presses: {
      'show-list': async (turn, press) => {
        const [name = '', ...page] = (press.arg ?? '').split('.');
        const list = listNames.find((known) => known === name);
        if (!list || !readers[list].includes(turn.viewer.role)) return await turn.deny();
        await show(turn, list, page.join('.'));
      },
    },
  };
}
