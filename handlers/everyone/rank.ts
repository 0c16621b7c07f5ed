/** The monthly rates and ranks: reading them month by month, and publishing a month for good (rules §5). */
import { publishers } from '../../src/actions/publish-ranking.js';
import type { Role } from '../../src/domain/people.js';
import { isMonth, type Month } from '../../src/domain/rates/month.js';
import { confirmPublishView, rankView } from '../../src/text/rank.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

const readers: readonly Role[] = ['duty', 'supervisor', 'leader', 'head', 'auditor'];

export function rank({ queries, actions }: HandlerDeps): Feature {
  const show = async (turn: Turn, month: Month, page = 1): Promise<void> => {
    const ranking = await queries.monthRanking(month);
    await turn.show(rankView(ranking, { page, viewer: turn.viewer, publishers }, turn.reader));
  };

  /** The month a button names; nobody looks into the future. */
  const askedMonth = (text: string): Month => {
    const present = queries.presentMonth();
    return isMonth(text) && text < present ? text : present;
  };

  return {
    commands: {
      rank: { roles: readers, run: async (turn, argument) => await show(turn, askedMonth(argument.trim())) },
    },
    presses: {
      rank: async (turn, press) => {
        if (!readers.includes(turn.viewer.role)) return await turn.deny();
        const [month = '', page = '1'] = (press.arg ?? '').split('.');
        await show(turn, askedMonth(month), Number(page) || 1);
      },
      'rank-publish': async (turn, press) => {
        if (!publishers.includes(turn.viewer.role)) return await turn.deny();
        const [asked = '', sure] = (press.arg ?? '').split('.');
        const month = askedMonth(asked);
        if (sure === undefined) {
          const ranking = await queries.monthRanking(month);
          return void (await turn.show(confirmPublishView(month, ranking, turn.reader)));
        }
        const published = await actions.publishRanking(month, turn.viewer, turn.causeId);
        const { rank: words } = turn.reader.text;
        await turn.toast(published.ok ? words.publishedNow : words.refusals[published.refusal]);
        await show(turn, month);
      },
    },
  };
}
