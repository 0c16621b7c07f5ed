import { alarmHeldUp } from './alarm-held-up.js';
import type { ActionDeps } from './deps.js';
import { newsOfNoCase } from './news-of-no-case.js';

export const alarmEvent = 'alarm';
const schedule = { name: 'alarm', key: 'all' } as const;
const atMostEveryMs = 60 * 60_000;
const mostAtOnce = 500;

/**
 * Tells the administrators that updates or deliveries were set aside for good: once for each of these, at most once an
 * hour, and only how many (rules §4). Safe to repeat and to run everywhere: the deliveries are keyed by the first of
 * what they tell and by when it died, since what is handled anew may die again; it counts as told only after they are
 * stored.
 */
export const alarmAdmins = (deps: ActionDeps) => async (): Promise<void> => {
  await alarmHeldUp(deps);
  const { store, clock, log, wake } = deps;
  const [updates, deliveries] = await Promise.all([
    store.deadLetters.untold(mostAtOnce),
    store.deadDeliveries.untold(mostAtOnce),
  ]);
  const [first] = [...updates, ...deliveries].map(({ id, buriedAt }) => [id, buriedAt]);
  if (first === undefined) return;
  const now = clock.now();
  await store.schedules.ensure({ ...schedule, dueAt: now });
  const due = (await store.schedules.due(now)).find(({ name }) => name === schedule.name);
  if (!due) return;
  const admins = await store.people.holding('admin');
  if (admins.length === 0) log.error('things were set aside and there is no administrator to be told');
  await store.deliveries.insert(
    admins.map((personId) =>
      newsOfNoCase(deps, {
        key: [alarmEvent, ...first, personId],
        personId,
        role: 'admin',
        event: alarmEvent,
        at: now,
      }),
    ),
  );
  await store.schedules.moveOn(due, new Date(now.getTime() + atMostEveryMs));
  if (admins.length === 0) return;
  await store.deadLetters.noteTold(updates.map(({ id }) => id));
  await store.deadDeliveries.noteTold(deliveries.map(({ id }) => id));
  wake.deliver(admins);
};
