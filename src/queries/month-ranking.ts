import { after } from '../domain/clocks.js';
import { monthsAfter, type Month } from '../domain/rates/month.js';
import { rankMonth, type MonthTable } from '../domain/rates/ranking.js';
import type { QueryDeps } from './deps.js';

/** The rates and ranks of a month, as published or as they stand now. */
export interface MonthRanking {
  readonly table: MonthTable;
  readonly names: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  readonly publishedAt: Date | null;
  /** The month has ended: it may be published. */
  readonly over: boolean;
  /** Cases of the month whose survey may still be answered. */
  readonly surveysOpen: number;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

/** Takes a month, gives its ranking: the published one as it was, else computed from the stored surveys (rules §5). */
export const monthRanking =
  ({ store, rules: book, clock }: QueryDeps) =>
  async (month: Month): Promise<MonthRanking> => {
    const { rules, time } = book.current();
    const present = time.monthOf(clock.now());
    const [published, first] = await Promise.all([
      store.rankings.ofMonth(month),
      store.closings.firstMonth(),
    ]);
    const around = {
      over: month < present,
      hasEarlier: first !== null && first < month,
      hasLater: month < present,
    };
    if (published) {
      const { table, names, publishedAt } = published;
      return { table, names, publishedAt, surveysOpen: 0, ...around };
    }
    const [departments, closings, closingsBefore] = await Promise.all([
      store.organisation.departments(),
      store.closings.ofMonth(month),
      store.closings.ofMonth(monthsAfter(month, -1)),
    ]);
    const codes = departments.map(({ code }) => code);
    const answerable = closings.filter(
      ({ answers, declined, reopenedAt, excluded, at }) =>
        answers === null &&
        declined !== true &&
        reopenedAt === null &&
        excluded === null &&
        after(at, rules.clocks.survey.limit, time) > clock.now(),
    );
    return {
      table: rankMonth({ month, departments: codes, closings, closingsBefore }, rules.ranking),
      names: Object.fromEntries(departments.map(({ code, name }) => [code, name])),
      publishedAt: null,
      surveysOpen: answerable.length,
      ...around,
    };
  };
