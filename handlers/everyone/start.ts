/** Getting to know each other: language, honesty, role, help. */
import {
  languages,
  departmentRoles,
  commissionRoles,
  type Role,
  type Viewer,
} from '../../src/domain/people.js';
import { activeViewer, rolesOf, viewerIn } from '../../src/domain/viewers.js';
import { isInvitePayload } from '../../src/domain/invites.js';
import type { CardFacts } from '../../src/queries/load-card.js';
import { nameFor } from '../../src/text/reader.js';
import { catalogFor, type Catalog } from '../../src/text/catalog.js';
import { blocks, bold, lines, plain } from '../../src/text/rich.js';
import { inRows, view, type Button, type View } from '../../src/text/view.js';
import { honestyView } from '../enterprise/report.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

type Department = CardFacts['departments'][number];

const languageNames = { zh: '中文', en: 'English' } as const;

/** `invited`: he came with an invitation, and is told what is for reporters once he reports. */
const languageView = (turn: Turn, invited = false): View =>
  view(plain(turn.reader.text.help.chooseLanguage), [
    languages.map((language): Button => ({
      label: languageNames[language],
      press: { action: 'language', arg: invited ? `${language}.invited` : language },
    })),
  ]);

/** A role as its holder reads it, with the names of his departments. */
function roleLine(
  { role, departments: own }: Viewer,
  departments: readonly Department[],
  { reader }: Turn,
): string {
  const { help, words } = reader.text;
  const names = (own ?? []).map((code) =>
    nameFor(
      reader,
      departments.find((one) => one.code === code),
    ),
  );
  const joined = names.join(reader.language === 'zh' ? '、' : ', ');
  return help.roleLine(words.role[role], joined === '' ? null : joined);
}

const viewersOf = (person: Turn['person']): readonly Viewer[] =>
  rolesOf(person).flatMap((role) => viewerIn(person, role) ?? []);

/** On which side somebody works; each has a help text of its own. */
function deskOf(role: Role): keyof Catalog['help']['help'] {
  if (role === 'enterprise') return 'enterprise';
  if (role === 'liaison') return 'liaison';
  if (commissionRoles.includes(role)) return 'commission';
  if (role === 'admin') return 'admin';
  return departmentRoles.includes(role) ? 'department' : 'auditor';
}

/** What somebody can do in the role he acts in. */
function homeView(turn: Turn, departments: readonly Department[]): View {
  const { viewer, person } = turn;
  const { text } = turn.reader;
  const roleLines = viewersOf(person).map((held) => `• ${roleLine(held, departments, turn)}`);
  const list = (name: 'my' | 'todo' | 'pool'): Button => ({
    label: text.buttons[name],
    press: { action: 'show-list', arg: `${name}.1` },
  });
  if (viewer.role === 'enterprise') {
    return view(blocks(text.help.welcome.enterprise), [
      [{ label: text.buttons.report, press: { action: 'report' } }, list('my')],
    ]);
  }
  const desk = deskOf(viewer.role);
  const buttons =
    desk === 'liaison'
      ? [list('pool')]
      : desk === 'commission'
        ? [list('pool'), list('todo')]
        : desk === 'department'
          ? [list('todo')]
          : [];
  return view(blocks(lines(text.help.welcome.staff, ...roleLines), helpText(turn)), [buttons]);
}

/** What he can do is what stands in his menu. */
function helpText({ viewer, person, menuOf, reader: { text } }: Turn): string {
  const { help, commands } = text.help;
  const listed = menuOf(person).map((name) => `/${name} ${commands[name]}`);
  return `${help[deskOf(viewer.role)]}\n\n${listed.join('\n')}`;
}

export function start({ actions, queries }: HandlerDeps): Feature {
  const rolesView = async (turn: Turn): Promise<View> => {
    const { text } = turn.reader;
    const departments = await queries.departments();
    const buttons = viewersOf(turn.person).map((held): Button => ({
      label: `${held.role === turn.viewer.role ? '● ' : ''}${roleLine(held, departments, turn)}`,
      press: { action: 'role', arg: held.role },
    }));
    return view(plain(text.help.chooseRole), inRows(buttons, 1));
  };

  const afterLanguage = async (turn: Turn, invited: boolean): Promise<void> => {
    await turn.setMenu(turn.person);
    const newcomer = turn.viewer.role === 'enterprise' && turn.person.honestySeenAt === null;
    if (newcomer && invited) return;
    if (newcomer) await turn.send(honestyView(turn));
    else if (rolesOf(turn.person).length > 1) await turn.send(await rolesView(turn));
    else await turn.send(homeView(turn, await queries.departments()));
  };

  return {
    commands: {
      start: {
        roles: 'everyone',
        run: async (turn, payload) => {
          let invited = false;
          if (isInvitePayload(payload)) {
            const joined = await actions.invites.join(turn.person, payload, turn.causeId);
            invited = joined !== null;
            const { waiting, notValid } = turn.reader.text.staff.invite;
            await turn.send(view(plain(invited ? waiting : notValid)));
          }
          if (turn.person.language === null) await turn.send(languageView(turn, invited));
          else await afterLanguage(turn, invited);
        },
      },
      help: { roles: 'everyone', run: async (turn) => void (await turn.send(view(plain(helpText(turn))))) },
      language: { roles: 'everyone', run: async (turn) => void (await turn.send(languageView(turn))) },
      role: { roles: 'everyone', run: async (turn) => void (await turn.send(await rolesView(turn))) },
    },
    presses: {
      language: async (turn, press) => {
        const [code, invited] = (press.arg ?? '').split('.');
        const language = languages.find((known) => known === code);
        if (!language) return await turn.toast(turn.reader.text.refusals['choice-unknown']);
        const first = turn.person.language === null;
        const person = { ...turn.person, language };
        const text = catalogFor(language, queries.numbers());
        const now = { ...turn, person, reader: { ...turn.reader, language, text } };
        await turn.show(view(bold(text.help.languageSet)));
        if (first) await afterLanguage(now, invited !== undefined);
        else await turn.setMenu(person);
        // Last: whoever dies before it begins anew, and nobody is left without what comes next.
        await actions.choose(turn.person, { language });
      },
      role: async (turn, press) => {
        const role = rolesOf(turn.person).find((held) => held === press.arg);
        if (!role) return await turn.deny();
        const person = await actions.choose(turn.person, { activeRole: role });
        const now = { ...turn, person, viewer: activeViewer(person) };
        await turn.setMenu(person);
        await turn.show(await rolesView(now));
        await turn.toast(turn.reader.text.help.roleSet(turn.reader.text.words.role[role]));
        if (role === 'enterprise' && person.honestySeenAt === null) await turn.send(honestyView(now));
        else await turn.send(homeView(now, await queries.departments()));
      },
    },
  };
}
