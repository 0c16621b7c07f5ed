/** The English texts of letters, the morning digest and taking over. */
import type { OfficeTexts } from './office.js';

const cases = (count: number): string => `${count} open ${count === 1 ? 'case' : 'cases'}`;

export const officeEn: OfficeTexts = {
  letters: {
    button: (count) => (count > 1 ? `📄 Letters (${count})` : '📄 Letter'),
    none: 'There is no letter in this case that you may see.',
  },
  digest: {
    phaseOne: '🔔 Your day',
    title: (p) => `🌅 Your day · ${p.date} · ${p.role}`,
    group: {
      late: (count) => `🟥 Overdue (${count})`,
      today: (count) => `⏰ Due today (${count})`,
      reminded: (count) => `⏳ Half of the time or more is used (${count})`,
      waiting: (count) => `👉 Waiting for you (${count})`,
    },
    due: (p) => `${p.clock} due ${p.date}`,
    more: (count) => `… and ${count} more, see your to-do list`,
  },
  team: {
    title: (department) => `👥 ${department} · officers and their open cases`,
    choose: 'Which department?',
    member: (p) => `${p.name} · ${p.open} open`,
    mark: {
      left: 'no longer here',
      unreachable: 'cannot be reached',
      away: (until) => `away until ${until}`,
    },
    nobody: 'This department has no officer. Please ask the administrator.',
    about: (p) => `${p.name}: ${cases(p.open)}.`,
    ask: 'Who takes them all over? One press does it; the substitute gets the cards, the enterprise’s card is updated.',
    nobodyElse: 'Nobody can take over: all other officers are away or cannot be reached.',
    give: (p) => `⇄ All ${p.open} to ${p.name}`,
    awayFor: (days) => `🏖 Away for ${days} working days`,
    awayForGood: '🚪 Has left',
    back: '↩️ Is back',
    moved: (p) =>
      `${cases(p.count)} given to ${p.name}.${p.kept > 0 ? ` ${p.kept} must go to somebody else (interest, or changed just now).` : ''}`,
    unknown: 'The team has changed, please look again.',
    handOver: '⇄ Another officer…',
    whoTakes: 'Who takes this case over?',
  },
};
