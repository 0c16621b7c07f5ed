/** From what waits for a person to Telegram: a few at once in each process, whoever asked for it. */
import { fewAtOnce } from './few-at-once.js';
import { deliveriesAtOnce } from '../jobs/workers.js';
import type { ActionDeps } from './actions/deps.js';
import { deliverTo, type DeliverDeps } from './actions/deliver-next.js';
import { keepDeliveries } from './actions/keep-deliveries.js';
import { keepCurrent, refreshLater } from './actions/refresh-later.js';

export type WayOutDeps = Omit<DeliverDeps, 'keep' | 'refreshLater' | 'keepCurrent'> &
  Pick<ActionDeps, 'seal' | 'wake'>;

/** Makes what delivers to one person everything that is open for him. */
export function createWayOut(deps: WayOutDeps): (personId: string) => Promise<void> {
  const deliver = deliverTo({
    ...deps,
    keep: keepDeliveries(deps),
    refreshLater: refreshLater(deps),
    keepCurrent: keepCurrent(deps),
  });
  const atOnce = fewAtOnce(deliveriesAtOnce);
  return async (personId) =>
    await atOnce(async () => {
      if (await deliver(personId)) deps.wake.deliver([personId]);
    });
}
