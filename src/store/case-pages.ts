/** Pages of cases by keyset: a page begins behind the last row of the one before, so nothing jumps when items come and go. */
import { trusted } from 'mongoose';
import type { CaseDocument, CaseModel } from './case-schema.js';

/** Where a page begins: behind, or before, the row with this instant and id. */
export interface PageKey {
  readonly at: Date;
  readonly id: string;
  readonly towards: 'next' | 'previous';
}

/** The order of a list: by one date, ties by id. Both run the same way, so that one index serves them. */
export interface PageOrder {
  readonly by: 'dueAt' | 'filedAt';
  readonly way: 1 | -1;
}

export interface PageOf<T> {
  readonly cases: readonly T[];
  /** How many rows stand before the first one shown. */
  readonly before: number;
  readonly total: number;
  /** Keys of the neighbouring pages; null where there is none. */
  readonly next: PageKey | null;
  readonly previous: PageKey | null;
}

type Filter = Readonly<Record<string, unknown>>;

interface Asked {
  /** Rows that any of these gives. */
  readonly filters: readonly Filter[];
  readonly order: PageOrder;
  readonly from: PageKey | null;
  readonly limit: number;
}

/** Each of the filters with the bound of its own, so that each enters its index at the right place. */
const anyOf = (filters: readonly Filter[], bound?: Filter): Filter => {
  const bounded = bound ? filters.map((filter) => ({ $and: [filter, bound] })) : filters;
  return bounded.length === 1 ? (bounded[0] ?? {}) : { $or: bounded };
};

/** Asks for one page; a key that leads to nothing any more gives the first page. */
export async function pageOf(
  model: CaseModel,
  { filters, order, from, limit }: Asked,
): Promise<PageOf<CaseDocument>> {
  const backwards = from?.towards === 'previous';
  const way = backwards ? (order.way === 1 ? -1 : 1) : order.way;
  const asked = anyOf(filters, from === null ? undefined : beyond(order.by, way, from));
  const found = await model
    .find(asked)
    .sort({ [order.by]: way, _id: way })
    .limit(limit)
    .lean<CaseDocument[]>();
  // Going back past the first row, or forward past the last: the first page, whole.
  if (from !== null && found.length < (backwards ? limit : 1))
    return await pageOf(model, { filters, order, from: null, limit });
  const cases = backwards ? found.toReversed() : found;
  const [first, last] = [cases[0], cases.at(-1)];
  const [total, before] = await Promise.all([
    model.countDocuments(anyOf(filters)),
    from === null || first === undefined
      ? 0
      : model.countDocuments(
          anyOf(filters, beyond(order.by, order.way === 1 ? -1 : 1, { at: first[order.by], id: first._id })),
        ),
  ]);
  return {
    cases,
    before,
    total,
    next:
      last !== undefined && before + cases.length < total
        ? { at: last[order.by], id: last._id, towards: 'next' }
        : null,
    previous:
      first !== undefined && before > 0 ? { at: first[order.by], id: first._id, towards: 'previous' } : null,
  };
}

/** The rows behind a key in a direction; the bound on the date alone lets the index be entered at the right place. */
export function beyond(by: PageOrder['by'], way: 1 | -1, { at, id }: Pick<PageKey, 'at' | 'id'>) {
  const [behind, from] = way === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  return {
    [by]: trusted({ [from]: at }),
    $or: [{ [by]: trusted({ [behind]: at }) }, { _id: trusted({ [behind]: id }) }],
  };
}
