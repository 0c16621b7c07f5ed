import type { CaseRecord } from '../domain/case.js';
import { absenceOf } from '../domain/substitutes.js';
import { nullIfUnreadable } from '../errors.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { findAudience } from './find-audience.js';
import { noHandler } from './no-handler.js';
import { watchReaders } from './watch-readers.js';

/**
 * Looks for open cases whose handler has lost the role, is away, or cannot be reached, and tells head and duty, once
 * per case and handler: no case without a living person. Says how many there are, as a technical alarm.
 */
export async function watchHandlers(deps: ActionDeps, slotAt: Date): Promise<void> {
  const { store, clock, rules, log } = deps;
  const deliveries: NewDelivery[] = [];
  let orphans = 0;
  for (const { handlerId, department } of await store.work.holdings()) {
    // Whoever cannot be read cannot be reached either.
    const handler = await store.people.byId(handlerId).catch(nullIfUnreadable);
    if (absenceOf(handler, department, clock.now(), rules.current()) === null) continue;
    for (const c of await store.work.ofHandler(handlerId, department)) {
      orphans++;
      deliveries.push(...(await tellings(deps, c, slotAt)));
    }
  }
  if (orphans > 0) log.warn('open cases have no handler who can be reached', { count: orphans });
  await store.deliveries.insert(deliveries);
  await watchReaders(deps, slotAt.toISOString());
  deps.wake.deliver([...new Set(deliveries.map(({ personId }) => personId))]);
}

async function tellings(deps: ActionDeps, c: CaseRecord, slotAt: Date): Promise<readonly NewDelivery[]> {
  const assigned = c.history.findLast(({ transition }) => transition === 'sign' || transition === 'reassign');
  const people = await findAudience(deps)(c, ['head', 'duty']);
  return people
    .filter(({ personId }) => personId !== c.handlerId)
    .map((one) => noHandler(deps, c, one, { since: assigned?.rev ?? 0, at: slotAt }));
}
