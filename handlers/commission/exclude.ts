/** Who must not see a case: the duty officer keeps people and departments out, the supervisor may let them in again. */
import { goneCard } from '../../src/text/cards/case-card.js';
import { exclusionView } from '../../src/text/screens/exclusion-screens.js';
import type { Press } from '../../src/text/view.js';
import { refuse } from '../everyone/show-case.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

export function exclude(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  const show = async (turn: Turn, caseId: string, group?: string): Promise<void> => {
    const facts = await queries.card(caseId, turn.viewer);
    const { text } = turn.reader;
    if (!facts) return await turn.toast(text.refusals['no-such-case']);
    if (facts.relation !== 'duty' && facts.relation !== 'supervisor') return await turn.deny();
    const groups = await queries.staff();
    await turn.show(exclusionView({ facts, groups, ...(group === undefined ? {} : { group }) }, turn.reader));
  };

  const set = async (turn: Turn, press: Press): Promise<void> => {
    const caseId = press.id ?? '';
    const facts = await queries.card(caseId, turn.viewer);
    const [, kind, id = ''] = /^([dp])\.(.+)$/.exec(press.arg ?? '') ?? [];
    if (!facts || kind === undefined) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
    const held = kind === 'd' ? facts.c.excludedDepartments : facts.c.excludedPersonIds;
    if (held.includes(id) && facts.relation === 'duty')
      return await turn.toast(turn.reader.text.exclusions.supervisorLifts);
    const changed = await actions.exclude({
      how: held.includes(id) ? 'lift-exclusion' : 'exclude',
      caseId,
      ...(kind === 'd' ? { department: id } : { personId: id }),
      viewer: turn.viewer,
      causeId: turn.causeId,
      ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
    });
    if (!changed.ok) await refuse(turn, changed);
    // Whoever keeps himself out has seen the last of it.
    else if (!(await queries.card(caseId, turn.viewer)))
      return void (await turn.show(goneCard(changed.c, turn.viewer, turn.reader)));
    const of = (await queries.staff()).find(({ people }) => people.some(({ personId }) => personId === id));
    await show(turn, caseId, kind === 'p' ? of?.code : undefined);
  };

  /** Those whom the reporter named are none of the staff. */
  const settle = async (turn: Turn, { id: caseId = '', rev }: Press): Promise<void> => {
    const changed = await actions.changeCase({
      caseId,
      name: 'settle-names',
      viewer: turn.viewer,
      causeId: turn.causeId,
      ...(rev === undefined ? {} : { expectedRev: rev }),
    });
    if (!changed.ok) await refuse(turn, changed);
    await show(turn, caseId);
  };

  return {
    presses: {
      exclude: async (turn, press) => await show(turn, press.id ?? ''),
      'exclude-people': async (turn, press) => await show(turn, press.id ?? '', press.arg),
      'exclude-set': set,
      'names-settle': settle,
    },
  };
}
