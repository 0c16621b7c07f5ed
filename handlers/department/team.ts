/** Taking over: the head, or the duty officer, sees who has how much in hand and hands everything over in two presses. */
import { isKeptOut, type Role } from '../../src/domain/people.js';
import { mayHandOver } from '../../src/domain/substitutes.js';
import { plain } from '../../src/text/rich.js';
import { nameFor } from '../../src/text/reader.js';
import { awayDays, handoverView, mateView, teamView } from '../../src/text/screens/team-screens.js';
import { inRows, view, type Button } from '../../src/text/view.js';
import { refuse, showCase } from '../everyone/show-case.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

const roles: readonly Role[] = ['head', 'duty'];

export function team(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  const departments = async (turn: Turn): Promise<void> => {
    const choices = (await queries.departments())
      .filter(({ code }) => mayHandOver(turn.viewer, code))
      .map((department): Button => ({
        label: nameFor(turn.reader, department),
        press: { action: 'team', arg: department.code },
      }));
    await turn.show(view(plain(turn.reader.text.office.team.choose), inRows(choices, 2)));
  };

  const show = async (turn: Turn, code: string): Promise<void> => {
    const department = (await queries.departments()).find((one) => one.code === code);
    if (!department || !mayHandOver(turn.viewer, code)) return await turn.deny();
    const found = await queries.team(code, turn.viewer.personId);
    await turn.show(teamView({ code, name: nameFor(turn.reader, department), team: found }, turn.reader));
  };

  const showMate = async (turn: Turn, personId: string, code: string): Promise<void> => {
    if (!mayHandOver(turn.viewer, code)) return await turn.deny();
    const found = await queries.team(code, turn.viewer.personId);
    const mate = found.find((one) => one.personId === personId);
    if (!mate) return await show(turn, code);
    await turn.show(mateView({ code, mate, team: found }, turn.reader));
  };

  return {
    commands: {
      team: {
        roles,
        run: async (turn) => {
          const { role, departments: own = [] } = turn.viewer;
          const [only, ...others] = own;
          if (role === 'head' && only !== undefined && others.length === 0) await show(turn, only);
          else await departments(turn);
        },
      },
    },
    presses: {
      team: async (turn, press) => await show(turn, press.arg ?? ''),
      mate: async (turn, press) => await showMate(turn, press.id ?? '', press.arg ?? ''),

      'mate-to': async (turn, press) => {
        const [toId, code] = parted(press.arg);
        const { viewer, causeId, reader } = turn;
        if (!mayHandOver(viewer, code)) return await turn.deny();
        const done = await actions.takeOver.all(press.id ?? '', { viewer, department: code, toId, causeId });
        const texts = reader.text.office.team;
        if (!done) return await turn.toast(texts.unknown);
        const name =
          (await queries.team(code, turn.viewer.personId)).find(({ personId }) => personId === toId)?.name ??
          '';
        await show(turn, code);
        await turn.send(view(plain(texts.moved({ count: done.moved, name, kept: done.kept }))));
      },

      'mate-away': async (turn, press) => {
        const [value, code] = parted(press.arg);
        const days = value === 'back' ? 'back' : value === 'left' ? 'for-good' : Number(value);
        const known = typeof days === 'string' || awayDays.includes(days);
        const { viewer } = turn;
        if (!mayHandOver(viewer, code)) return await turn.deny();
        if (!known || !(await actions.takeOver.away({ viewer, department: code }, press.id ?? '', days)))
          return await turn.toast(turn.reader.text.office.team.unknown);
        await showMate(turn, press.id ?? '', code);
      },

      handover: async (turn, press) => {
        const facts = await queries.card(press.id ?? '', turn.viewer);
        const department = facts?.c.department ?? null;
        if (!facts || department === null || !mayHandOver(turn.viewer, department))
          return await refuse(turn, { ok: false, refusal: 'no-such-case' });
        const { id: caseId, number, handlerId } = facts.c;
        const free = (await queries.team(department, turn.viewer.personId)).filter(
          ({ personId, absence }) =>
            absence === null && personId !== handlerId && !isKeptOut(personId, facts.c),
        );
        await turn.show(handoverView({ caseId, number, team: free }, turn.reader));
      },

      'handover-to': async (turn, press) => {
        const { viewer, causeId } = turn;
        const caseId = press.id ?? '';
        const changed = await actions.takeOver.one(caseId, { viewer, toId: press.arg ?? '', causeId });
        if (!changed) await turn.toast(turn.reader.text.office.team.unknown);
        else if (!changed.ok) await refuse(turn, changed);
        await showCase(deps, turn, caseId);
      },
    },
  };
}

const parted = (arg = ''): readonly [value: string, code: string] => {
  const at = arg.indexOf('.');
  return at < 0 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
};
