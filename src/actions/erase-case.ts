import { retention } from '../domain/retention.js';
import { changeCase } from './change-case.js';
import type { ActionDeps } from './deps.js';

/**
 * Erases what a case's people wrote, its names and its file ids; number, dates, states and what the staff did stay as
 * a tombstone. First the case says so, then its key is destroyed, and only then is anything removed: killed anywhere in
 * between nothing can be read, and the next round goes on, for the date of the erasure is moved last.
 */
export const eraseCase =
  (deps: ActionDeps) =>
  async (caseId: string): Promise<void> => {
    const { store, clock, crashPoint } = deps;
    const changed = await changeCase(deps)({ caseId, name: 'erase', viewer: null, causeId: null });
    if (!changed.ok && changed.refusal !== 'is-erased') return;
    const c = await store.cases.byId(caseId);
    if (!c?.erasedAt) return;
    await store.keys.destroy(caseId);
    crashPoint('key-destroyed');
    await eraseTexts(deps, caseId);
    await store.drafts.eraseOfCase(c);
    await store.retained.forgetReporter(caseId);
    // The cards in people's chats are redrawn meanwhile.
    const cardsAt = new Date(c.erasedAt.getTime() + retention.erasedCardMs);
    const over = cardsAt <= clock.now();
    if (over) {
      // Not before: until its cards are redrawn whoever was kept out of it is not shown that it was there.
      await store.retained.forgetTies(c);
      await store.cards.eraseOfCase(caseId);
      await store.deliveries.erase({ caseId });
    }
    await store.retained.setEraseAt(caseId, over ? null : cardsAt);
  };

/** Everything that was said in a case, whether or not the case came to be. */
export async function eraseTexts({ store }: Pick<ActionDeps, 'store'>, caseId: string): Promise<void> {
  await store.messages.erase(caseId);
  await store.identities.erase(caseId);
  await store.letters.erase(caseId);
  await store.searchTokens.erase(caseId);
}
