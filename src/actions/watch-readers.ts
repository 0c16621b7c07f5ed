import { commissionRoles, departmentRoles } from '../domain/people.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { Store } from '../store/index.js';
import type { ActionDeps } from './deps.js';
import { findAudience } from './find-audience.js';
import { newsOfNoCase } from './news-of-no-case.js';
import { noHandler } from './no-handler.js';

export const unreadEvent = 'unread-cases';

const holdingAny = async (
  { people }: Pick<Store, 'people'>,
  roles: typeof commissionRoles,
  department?: string,
): Promise<readonly string[]> => {
  const held = await Promise.all(roles.map(async (role) => await people.holding(role, department)));
  return [...new Set(held.flat())];
};

/** Running cases that nobody of the commission may read: everybody left is named in them, or has an interest. */
export const countUnread = async (store: Store): Promise<number> =>
  await store.work.countUnreadBy(await holdingAny(store, commissionRoles));

/**
 * Whoever read a case last may lose his role long after it was filed: then nobody would hear of it. The administrators are told
 * how many there are and what to do; of a department's the commission is told, as of a handler who is gone. `cause` names the
 * change or the morning, so that twice is once.
 */
export async function watchReaders(deps: ActionDeps, cause: string): Promise<void> {
  const { store, clock, log, wake } = deps;
  const now = clock.now();
  const deliveries: NewDelivery[] = [];
  const unread = await countUnread(store);
  if (unread > 0) {
    log.error('cases have nobody of the commission left who may read them', { count: unread });
    for (const personId of await store.people.holding('admin'))
      deliveries.push(
        newsOfNoCase(deps, {
          key: [unreadEvent, cause, personId],
          personId,
          role: 'admin',
          event: unreadEvent,
          at: now,
        }),
      );
  }
  for (const { code } of await store.organisation.departments()) {
    const here = await holdingAny(store, departmentRoles, code);
    for (const c of await store.work.unsignedBy(code, here)) {
      const sent = c.history.findLast(({ to, from }) => to === 'dispatched' && from !== 'dispatched');
      for (const one of await findAudience(deps)(c, ['duty', 'supervisor']))
        deliveries.push(noHandler(deps, c, one, { since: sent?.rev ?? 0, at: now }));
    }
  }
  await store.deliveries.insert(deliveries);
  wake.deliver([...new Set(deliveries.map(({ personId }) => personId))]);
}
