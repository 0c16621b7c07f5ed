import type { Viewer } from '../domain/people.js';
import type { ActionDeps } from './deps.js';

/** One place for all questions to an administrator: the latest one is answered. */
export const askedId = (personId: string): string => `asked-${personId}`;

/** What an administrator was asked for is not waited for any more: his next words are no answer. Gives whether anything was. */
export const forgetQuestion =
  ({ store }: ActionDeps) =>
  async ({ role, personId }: Viewer): Promise<boolean> =>
    role === 'admin' && (await store.proposals.drop(askedId(personId), personId));
