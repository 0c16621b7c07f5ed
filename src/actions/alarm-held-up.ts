import type { ActionDeps } from './deps.js';
import { newsOfNoCase } from './news-of-no-case.js';

export const heldUpEvent = 'held-up';
/** Real time, as deliveries are tried by. */
const heldUpMs = 6 * 60 * 60_000;
/** Telegram was reached not just now: after it was away everybody’s tries come first; and not long ago. */
const reached = { atLeastMs: 15 * 60_000, atMostMs: 60 * 60_000 } as const;
const mostAtOnce = 50;

/**
 * Tells the administrators of a delivery that has been tried in vain for hours and holds up its person, while others are reached: once
 * for each, by reference (rules §4). Safe to repeat and to run everywhere: the alarm is keyed by what it tells of.
 */
export const alarmHeldUp = async (deps: ActionDeps): Promise<void> => {
  const { store, clock, wake } = deps;
  const at = Date.now();
  const window = { from: new Date(at - reached.atMostMs), to: new Date(at - reached.atLeastMs) };
  const ids = await store.deliveryHealth.heldUp(new Date(at - heldUpMs), { ...window, limit: mostAtOnce });
  if (ids.length === 0) return;
  const admins = await store.people.holding('admin');
  const news = { role: 'admin', event: heldUpEvent, at: clock.now() } as const;
  await store.deliveries.insert(
    ids.flatMap((id) =>
      admins.map((personId) =>
        newsOfNoCase(deps, { ...news, key: [heldUpEvent, id, personId], personId, about: id }),
      ),
    ),
  );
  wake.deliver(admins);
};
