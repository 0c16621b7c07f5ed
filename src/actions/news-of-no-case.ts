import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';

export interface NewsOfNoCase extends Pick<NewDelivery, 'personId' | 'role' | 'event' | 'about' | 'slotAt'> {
  /** Tells one telling to one person from every other: the same once more is no second one. */
  readonly key: readonly unknown[];
  /** Its place among what he is told (business time). */
  readonly at: Date;
}

/** What somebody is told that belongs to no case: alarms, settings, invitations, the morning's digest. */
export const newsOfNoCase = (
  { seal }: Pick<ActionDeps, 'seal'>,
  { key, at, ...news }: NewsOfNoCase,
): NewDelivery => ({
  ...news,
  id: seal.lookup('delivery', JSON.stringify(key)),
  caseId: '',
  order: `${at.toISOString()} ${news.about ?? news.event}`,
});
