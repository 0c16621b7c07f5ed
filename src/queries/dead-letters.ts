import type { DeadLetter } from '../domain/dead-letter.js';
import type { QueryDeps } from './deps.js';

export interface DeadLetterPage {
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const perPage = 8;

/** Takes a page, counted from 1; gives the nearest one that exists, the oldest letters first. */
export const deadLetters =
  ({ store }: QueryDeps) =>
  async (asked: number): Promise<DeadLetterPage> => {
    const total = await store.deadLetters.count();
    const pages = Math.max(1, Math.ceil(total / perPage));
    const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
    const letters = await store.deadLetters.list({ skip: (page - 1) * perPage, limit: perPage });
    return { letters, total, page, pages };
  };
