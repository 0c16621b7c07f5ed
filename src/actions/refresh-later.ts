import { randomUUID } from 'node:crypto';
import type { Card } from '../store/cards.js';
import type { View } from '../text/view.js';
import type { ActionDeps } from './deps.js';

type RefreshDeps = Pick<ActionDeps, 'store' | 'wake'>;

/**
 * Has a card brought up to date once more: whoever wrote it last had lost his claim, so it may show what is over, or what
 * its reader may not see any more (faults 8).
 */
export const refreshLater =
  ({ store, wake }: RefreshDeps) =>
  async ({ personId, telegramMessageId, caseId, role }: Omit<Card, 'current'>): Promise<void> => {
    await store.deliveries.insert([
      {
        caseId,
        personId,
        role,
        cardMessageId: telegramMessageId,
        event: 'refresh',
        messageId: null,
        clock: null,
        id: randomUUID(),
        order: `${new Date().toISOString()} late`,
      },
    ]);
    wake.deliver([personId]);
  };

/**
 * Takes a view that was just written into somebody's message. Two may write into one message at a time, an answer and a
 * notice or two notices, and the older one may arrive last, when its answer was lost and it was repeated. So whoever has
 * written looks whether the case is still as he showed it, and has the card written once more where it is not.
 */
export const keepCurrent =
  (deps: RefreshDeps) =>
  async (personId: string, telegramMessageId: number, { shows }: View): Promise<void> => {
    if (shows === undefined) return;
    const { caseId, role, rev } = shows;
    const now = await deps.store.cases.revOf(caseId);
    if (now !== null && now !== rev) await refreshLater(deps)({ personId, telegramMessageId, caseId, role });
  };
