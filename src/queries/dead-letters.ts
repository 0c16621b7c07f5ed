import type { DeadLetter } from '../domain/dead-letter.js';
import type { QueryDeps } from './deps.js';

export interface DeadLetterPage {
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const perPage = 8;

/** Takes a page, counted from 1; gives the nearest one that exists: updates, then deliveries, the oldest first. */
export const deadLetters =
  ({ store }: QueryDeps) =>
  async (asked: number): Promise<DeadLetterPage> => {
    const [updates, deliveries] = await Promise.all([
      store.deadLetters.count(),
      store.deadDeliveries.count(),
    ]);
    const total = updates + deliveries;
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
    const skip = (page - 1) * perPage;
    const first = await store.deadLetters.list({ skip, limit: perPage });
    const rest = { skip: Math.max(0, skip - updates), limit: perPage - first.length };
    const letters = rest.limit === 0 ? first : [...first, ...(await store.deadDeliveries.list(rest))];
    return { letters, total, page, pages };
  };
