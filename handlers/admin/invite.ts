/** Letting staff in: a link that holds once and for a week, and the inviter's word that the right person came. */
import { invitePayload } from '../../src/domain/invites.js';
import { roles, type Grant, type Role } from '../../src/domain/people.js';
import { nameFor } from '../../src/text/reader.js';
import { plain } from '../../src/text/rich.js';
import { chooseRoleView, joinedView, linkView } from '../../src/text/screens/invite-screens.js';
import { inRows, view, type Button } from '../../src/text/view.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

const inviters: readonly Role[] = ['admin', 'head'];

export function invite(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  const make = async (turn: Turn, grant: Grant): Promise<void> => {
    const made = await actions.invites.make(turn.viewer, grant, turn.causeId);
    if (!made) return await turn.deny();
    const departments = await queries.departments();
    const department = departments.find(({ code }) => code === grant.department);
    const link = deps.startLink(invitePayload(made.token));
    await turn.send(linkView({ invite: made.invite, link, department }, turn.reader));
  };

  const chooseDepartment = async (turn: Turn, role: Role): Promise<void> => {
    const { viewer } = turn;
    const own = (await queries.departments()).filter(
      ({ code }) => viewer.role === 'admin' || viewer.departments?.includes(code),
    );
    const choices = own.map((department): Button => ({
      label: nameFor(turn.reader, department),
      press: { action: 'invite', arg: `${role}.${department.code}` },
    }));
    await turn.show(view(plain(turn.reader.text.staff.invite.chooseDepartment), inRows(choices, 2)));
  };

  const decide = (agrees: boolean) => async (turn: Turn, press: { readonly id?: string }) => {
    const id = press.id ?? '';
    const person = await actions.invites.decide(turn.viewer, id, agrees, turn.causeId);
    const shown = await queries.invite(id, turn.viewer);
    if (!shown) return await turn.deny();
    if (!person) await turn.toast(turn.reader.text.refusals['already-done']);
    await turn.show(joinedView(shown, turn.reader));
    if (person) await turn.setMenu(person);
  };

  return {
    commands: {
      invite: {
        roles: inviters,
        run: async (turn) => {
          const { role, departments = [] } = turn.viewer;
          const [only, ...others] = departments;
          if (role !== 'head') await turn.show(chooseRoleView(turn.reader));
          else if (only !== undefined && others.length === 0)
            await make(turn, { role: 'officer', department: only });
          else await chooseDepartment(turn, 'officer');
        },
      },
    },
    presses: {
      invite: async (turn, press) => {
        const [name = '', department] = (press.arg ?? '').split('.');
        const role = roles.find((known) => known === name);
        if (!role || !inviters.includes(turn.viewer.role)) return await turn.deny();
        const inDepartment = role === 'officer' || role === 'head';
        if (inDepartment && department === undefined) return await chooseDepartment(turn, role);
        await make(turn, { role, ...(department === undefined ? {} : { department }) });
      },
      'invite-yes': decide(true),
      'invite-no': decide(false),
      // Below the content-free notice, in case the content never comes.
      'invite-card': async (turn, press) => {
        const shown = await queries.invite(press.id ?? '', turn.viewer);
        if (!shown) return await turn.deny();
        await turn.show(joinedView(shown, turn.reader));
      },
    },
  };
}
