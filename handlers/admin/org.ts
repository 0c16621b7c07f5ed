/** Departments and people, managed in the chat: every press says what it does, every change is noted. */
import type { OrgChanged, OrgQuestion } from '../../src/actions/manage-organisation.js';
import { roles, type Grant } from '../../src/domain/people.js';
import { domains } from '../../src/domain/taxonomy.js';
import type { OrganisationView } from '../../src/queries/load-organisation.js';
import {
  askView,
  commissionView,
  departmentPreview,
  departmentView,
  domainsView,
  logView,
  orgView,
  parentsView,
  revokeView,
} from '../../src/text/screens/org-screens.js';
import { bold, lines } from '../../src/text/rich.js';
import { view } from '../../src/text/view.js';
import type { Press, View } from '../../src/text/view.js';
import type { Feature, HandlerDeps, PressHandler, Turn } from '../turn.js';

type Page = (organisation: OrganisationView, turn: Turn) => View | null;

export function org({ actions, queries }: HandlerDeps): Feature {
  const show = async (turn: Turn, page: Page): Promise<void> => {
    const organisation = await queries.organisation(turn.viewer);
    if (!organisation) return await turn.deny();
    await turn.show(page(organisation, turn) ?? orgView(organisation, turn.reader));
  };

  const pageOf =
    (arg: string): Page =>
    (organisation, { reader }) => {
      if (arg === '-commission') return commissionView(organisation, reader);
      if (arg === '-log') return logView(organisation, reader);
      const department = organisation.departments.find(({ code }) => code === arg);
      return department ? departmentView(department, organisation, reader) : null;
    };

  /** A press that changes something, then shows the page it belongs to. */
  const changing =
    (change: (turn: Turn, press: Press) => Promise<OrgChanged>, page: (code: string) => Page): PressHandler =>
    async (turn, press) => {
      const changed = await change(turn, press);
      const { org: text } = turn.reader.text.staff;
      await turn.toast(changed.ok ? text.changed : text.refusals[changed.refusal]);
      const [code = ''] = (press.arg ?? '').split('.');
      await show(turn, page(code));
    };

  const asked = (turn: Turn, code: string) => ({ viewer: turn.viewer, code, causeId: turn.causeId });
  const domainsPage =
    (code: string): Page =>
    ({ departments }, { reader }) => {
      const department = departments.find((one) => one.code === code);
      return department ? domainsView(department, reader) : null;
    };

  return {
    commands: { org: { roles: ['admin'], run: async (turn) => await show(turn, pageOf('')) } },
    presses: {
      org: async (turn, press) => {
        await actions.forgetQuestion(turn.viewer);
        await show(turn, pageOf(press.arg ?? ''));
      },
      'org-set': async (turn, press) => {
        const { org: text } = turn.reader.text.staff;
        const done = await actions.manageOrganisation.confirm(turn.viewer, press.id ?? '', turn.causeId);
        await turn.toast(done.ok ? text.changed : text.refusals[done.refusal]);
        await show(turn, pageOf(press.arg ?? ''));
      },
      'org-drop': async (turn, press) => {
        await actions.manageOrganisation.drop(turn.viewer, press.id ?? '');
        await turn.toast(turn.reader.text.staff.org.dropped);
        await show(turn, pageOf(press.arg ?? ''));
      },
      'org-ask': async (turn, press) => {
        const question = questionIn(press.arg);
        if (turn.viewer.role !== 'admin' || !question) return await turn.deny();
        await actions.manageOrganisation.ask(turn.viewer, question);
        await show(turn, ({ departments }, { reader }) => {
          const code = 'code' in question ? question.code : null;
          return askView(
            question.field,
            departments.find((one) => one.code === code),
            reader,
          );
        });
      },
      'org-domains': async (turn, press) => await show(turn, domainsPage(press.arg ?? '')),
      'org-domain': changing(async (turn, press) => {
        const [code = '', name, on] = (press.arg ?? '').split('.');
        const domain = domains.find((known) => known === name);
        if (!domain) return { ok: false, refusal: 'gone' };
        return await actions.manageOrganisation.setDomain(asked(turn, code), domain, on === '1');
      }, domainsPage),
      'org-parents': async (turn, press) =>
        await show(turn, (organisation, { reader }) => {
          const department = organisation.departments.find(({ code }) => code === press.arg);
          return department ? parentsView(department, organisation, reader) : null;
        }),
      'org-parent': changing(async (turn, press) => {
        const [code = '', parent = null] = (press.arg ?? '').split('.');
        return await actions.manageOrganisation.setParent(asked(turn, code), parent);
      }, pageOf),
      'org-sign': changing(async (turn, press) => {
        const [code = '', on] = (press.arg ?? '').split('.');
        return await actions.manageOrganisation.setSignOff(asked(turn, code), on === '1');
      }, pageOf),
      'org-person': async (turn, press) =>
        await show(turn, ({ staff, departments }, { reader }) => {
          const grant = grantIn(press.arg);
          const member = staff.find(({ personId }) => personId === press.id);
          if (!grant || !member) return null;
          const department = departments.find(({ code }) => code === grant.department);
          return revokeView({ member, grant, department }, reader);
        }),
      'org-revoke': async (turn, press) => {
        const grant = grantIn(press.arg);
        const { org: text } = turn.reader.text.staff;
        const done: OrgChanged = grant
          ? await actions.manageOrganisation.revoke(turn.viewer, press.id ?? '', grant, turn.causeId)
          : { ok: false, refusal: 'gone' };
        await turn.toast(done.ok ? text.revoked : text.refusals[done.refusal]);
        await show(turn, pageOf(grant?.department ?? '-commission'));
      },
    },
    words: async (turn, input) => {
      if (turn.viewer.role !== 'admin' || input.type !== 'text') return false;
      const proposed = await actions.manageOrganisation.proposeTyped(turn.viewer, input.text);
      if (!proposed) return false;
      const { org: text } = turn.reader.text.staff;
      if (proposed.ok)
        await show(turn, (organisation, { reader }) => departmentPreview(proposed, organisation, reader));
      else await turn.send(view(lines(bold(text.refusals[proposed.refusal]))));
      return true;
    },
  };
}

function questionIn(arg = ''): OrgQuestion | null {
  const [field, code] = arg.split('.');
  if (field === 'add') return { field };
  return (field === 'name' || field === 'words') && code !== undefined ? { field, code } : null;
}

function grantIn(arg = ''): Grant | null {
  const [name, department] = arg.split('.');
  const role = roles.find((known) => known === name);
  return role ? { role, ...(department === undefined ? {} : { department }) } : null;
}
