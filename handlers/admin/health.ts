/** The administrator sees counts and references, never content, and has dead letters handled again. */
import type { Role } from '../../src/domain/people.js';
import { deadLettersView, fromPressId, healthView } from '../../src/text/screens/technical-screens.js';
import type { Press } from '../../src/text/view.js';
import type { Feature, HandlerDeps, PressHandler, Turn } from '../turn.js';

const roles: readonly Role[] = ['admin'];

export const health = ({ actions, queries }: HandlerDeps): Feature => {
  const forAdmin =
    (run: PressHandler): PressHandler =>
    async (turn, press) => {
      if (roles.includes(turn.viewer.role)) await run(turn, press);
      else await turn.deny();
    };

  const show = async (turn: Turn): Promise<void> =>
    void (await turn.show(healthView(await queries.counts(), turn.reader)));

  const showDead = async (turn: Turn, page: string | undefined): Promise<void> => {
    const found = await queries.deadLetters(Number(page));
    await turn.show(deadLettersView(found, turn.reader));
  };

  const again = (which: (press: Press) => Parameters<typeof actions.reviveDeadLetters>[0]): PressHandler =>
    forAdmin(async (turn, press) => {
      const { viewer, causeId, reader } = turn;
      const count = await actions.reviveDeadLetters(which(press), viewer, causeId);
      const { dead } = reader.text.technical;
      await turn.toast(count > 0 ? dead.done(count) : dead.nothing);
      await showDead(turn, press.arg);
    });

  return {
    commands: { health: { roles, run: show } },
    presses: {
      health: forAdmin(show),
      dead: forAdmin(async (turn, press) => await showDead(turn, press.arg)),

      'dead-again': again((press) => ({ kind: 'update', id: fromPressId(press.id ?? '') })),
      'dead-send': again((press) => ({ kind: 'delivery', id: press.id ?? '' })),
      'dead-all': again(() => 'all'),
    },
  };
};
