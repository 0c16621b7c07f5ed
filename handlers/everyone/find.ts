/** Finding cases by number, department, state and words; everybody only among what he may see. */
import type { Feature, HandlerDeps } from '../turn.js';
import { finders, look } from './look.js';

export function find(deps: HandlerDeps): Feature {
  const { queries } = deps;
  return {
    commands: {
      find: {
        roles: finders,
        run: async (turn, argument) => await look(deps)(turn, argument.trim(), { token: '' }),
      },
    },
    presses: {
      find: async (turn, press) => {
        const typed = await queries.search(press.id ?? '', turn.person.id);
        if (typed === null || !finders.includes(turn.viewer.role))
          return await turn.toast(turn.reader.text.find.forgotten);
        await look(deps)(turn, typed, { searchId: press.id ?? '', token: press.arg ?? '' });
      },
    },
  };
}
