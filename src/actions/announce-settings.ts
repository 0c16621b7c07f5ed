import type { Role } from '../domain/people.js';
import { aimSchedules } from './run-schedules.js';
import type { ActionDeps } from './deps.js';
import { newsOfNoCase } from './news-of-no-case.js';

/** Who hears that rules or calendar were changed. */
const hearers: readonly Role[] = ['supervisor', 'leader'];

/**
 * Tells the commission's supervisors and leaders what was changed, once each, and aims the morning's rounds anew: a delivery's id
 * names change and person, and a change that a crash left untold is told by the next sweep. What it says is rendered at sending.
 */
export const announceSettings = (deps: ActionDeps) => async (): Promise<void> => {
  const { store } = deps;
  const [versions, imports] = await Promise.all([
    store.ruleVersions.untold(),
    store.calendarImports.untold(),
  ]);
  if (versions.length + imports.length === 0) return;
  await deps.rules.refresh('now');
  await aimSchedules(deps)();
  for (const { version, changedAt } of versions) {
    await tell(deps, `rules-${version}`, changedAt);
    await store.ruleVersions.noteTold(version);
  }
  for (const { revision, importedAt } of imports) {
    await tell(deps, `calendar-${revision}`, importedAt);
    await store.calendarImports.noteTold(revision);
  }
};

async function tell(deps: ActionDeps, about: string, at: Date): Promise<void> {
  const { store, wake } = deps;
  const held = await Promise.all(
    hearers.map(async (role) => (await store.people.holding(role)).map((personId) => ({ personId, role }))),
  );
  const each = new Map(
    held
      .flat()
      .toReversed()
      .map((one) => [one.personId, one]),
  );
  const deliveries = [...each.values()].map(({ personId, role }) =>
    newsOfNoCase(deps, { key: [about, personId], personId, role, event: 'settings', about, at }),
  );
  await store.deliveries.insert(deliveries);
  wake.deliver([...each.keys()]);
}
