import type { Delivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';

/**
 * Has a card brought up to date once more: whoever wrote it last had lost his claim, so it may show what is over, or what
 * its reader may not see any more (faults 8).
 */
export const refreshLater =
  ({ store, seal, wake }: Pick<ActionDeps, 'store' | 'seal' | 'wake'>) =>
  async (delivery: Delivery, cardMessageId: number): Promise<void> => {
    const { id, fence, caseId, personId, role } = delivery;
    await store.deliveries.insert([
      {
        caseId,
        personId,
        role,
        cardMessageId,
        event: 'refresh',
        messageId: null,
        clock: null,
        id: seal.lookup('delivery', JSON.stringify([id, fence, 'late'])),
        order: `${new Date().toISOString()} late`,
      },
    ]);
    wake.deliver([personId]);
  };
