import type { Role, Viewer } from '../domain/people.js';
import type { Month } from '../domain/rates/month.js';
import { monthRanking } from '../queries/month-ranking.js';
import type { ActionDeps } from './deps.js';

export type PublishRefusal = 'not-yours' | 'month-not-over' | 'published-already' | 'nothing-ranked';

export type Published = { readonly ok: true } | { readonly ok: false; readonly refusal: PublishRefusal };

export const publishers: readonly Role[] = ['supervisor', 'leader'];

/**
 * Publishes a month's ranking for good, with the rules it was made by (rules §5). Refuses whoever may not, a month
 * that still runs, one in which nobody is ranked, and one that was published before.
 */
export const publishRanking =
  (deps: ActionDeps) =>
  async (month: Month, viewer: Viewer, causeId: string): Promise<Published> => {
    if (!publishers.includes(viewer.role)) return { ok: false, refusal: 'not-yours' };
    const { table, names, over, publishedAt } = await monthRanking(deps)(month);
    if (publishedAt === null && !over) return { ok: false, refusal: 'month-not-over' };
    if (publishedAt === null && table.standings.every(({ place }) => place === null))
      return { ok: false, refusal: 'nothing-ranked' };
    const publishing = {
      month,
      table,
      names,
      publishedAt: deps.clock.now(),
      publishedBy: viewer.personId,
      causeId,
    };
    if (publishedAt === null && (await deps.store.rankings.publish(publishing))) return { ok: true };
    const existing = await deps.store.rankings.ofMonth(month);
    return existing?.causeId === causeId ? { ok: true } : { ok: false, refusal: 'published-already' };
  };
