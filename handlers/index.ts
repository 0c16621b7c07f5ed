/** The ordered list of features; commands, menus and routing derive from it. */
import type { Role } from '../src/domain/people.js';
import { InvariantError } from '../src/errors.js';
import type { CommandName } from '../src/text/catalog.js';
import { calendar } from './admin/calendar.js';
import { audit } from './auditor/audit.js';
import { health } from './admin/health.js';
import { invite } from './admin/invite.js';
import { org } from './admin/org.js';
import { rules } from './admin/rules.js';
import { sentSettings } from './admin/sent-settings.js';
import { duplicates } from './commission/duplicates.js';
import { exclude } from './commission/exclude.js';
import { fileFor } from './commission/file-for.js';
import { identity } from './commission/identity.js';
import { importCases } from './commission/import-cases.js';
import { team } from './department/team.js';
import { report } from './enterprise/report.js';
import { survey } from './enterprise/survey.js';
import { card } from './everyone/card.js';
import { find } from './everyone/find.js';
import { forms } from './everyone/forms.js';
import { ledger } from './everyone/ledger.js';
import { lists } from './everyone/lists.js';
import { privacy } from './everyone/privacy.js';
import { rank } from './everyone/rank.js';
import { office } from './everyone/office.js';
import { start } from './everyone/start.js';
import type { Command, Feature, HandlerDeps, PressHandler } from './turn.js';

/** What people type goes to the first feature that wants it: an open form before a new report. */
export const features = (deps: HandlerDeps): readonly Feature[] => [
  start(deps),
  privacy(deps),
  forms(deps),
  report(deps),
  survey(deps),
  lists(deps),
  card(deps),
  ledger(deps),
  rank(deps),
  find(deps),
  duplicates(deps),
  exclude(deps),
  fileFor(deps),
  identity(deps),
  importCases(deps),
  office(deps),
  team(deps),
  audit(deps),
  health(deps),
  invite(deps),
  org(deps),
  rules(deps),
  calendar(deps),
  sentSettings(deps),
];

/** The order of the command menu. */
const menuOrder: readonly CommandName[] = [
  'report',
  'my',
  'todo',
  'pool',
  'ledger',
  'team',
  'rank',
  'case',
  'find',
  'file',
  'import',
  'audit',
  'org',
  'invite',
  'health',
  'rules',
  'calendar',
  'role',
  'cancel',
  'help',
  'privacy',
  'language',
];

export const commandsOf = (all: readonly Feature[]): ReadonlyMap<CommandName, Command> =>
  new Map(all.flatMap((feature) => Object.entries(feature.commands ?? {}) as [CommandName, Command][]));

/** What each button's action leads to; refuses two features that answer to the same action. */
export function pressesOf(all: readonly Feature[]): ReadonlyMap<string, PressHandler> {
  const handlers = all.flatMap((feature) => Object.entries(feature.presses ?? {}));
  const presses = new Map(handlers);
  const twice = handlers.find(([action, handler]) => presses.get(action) !== handler);
  if (twice) throw new InvariantError(`two features answer to the button "${twice[0]}"`);
  return presses;
}

/** The commands in the menu of a role; choosing a role is offered to those who hold several. */
export function menuFor(all: readonly Feature[], role: Role, severalRoles: boolean): readonly CommandName[] {
  const commands = commandsOf(all);
  return menuOrder.filter((name) => {
    const command = commands.get(name);
    if (!command || (name === 'role' && !severalRoles)) return false;
    return command.roles === 'everyone' || command.roles.includes(role);
  });
}
