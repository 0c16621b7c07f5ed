import { eraseAtByHistory, retention } from '../domain/retention.js';
import type { ActionDeps } from './deps.js';
import { eraseCase, eraseTexts } from './erase-case.js';

const batch = 100;
/** How far back a report that never became a case is looked for: an outage of that length is survived. */
const orphansWithinMs = 60 * 24 * 3_600_000;

/** The morning's round of keeping and erasing (domain/retention.ts). Killed anywhere, the next round goes on. */
export async function keepRetention(deps: ActionDeps): Promise<void> {
  const { store, clock, log } = deps;
  const since = (ms: number): Date => new Date(clock.now().getTime() - ms);
  const untouched = await store.drafts.eraseBefore('open', since(retention.untouchedDraftMs));
  for (const state of ['sent', 'cancelled'] as const)
    await store.drafts.eraseBefore(state, since(retention.endedDraftMs));
  const invites = await store.invites.eraseBefore(since(retention.inviteMs));
  await store.invites.forgetTries(since(retention.inviteTriesMs));
  const noted = await store.staffLog.eraseBefore(since(retention.staffLogMs));
  const kept = await store.deliveries.eraseKeptBefore(new Date(Date.now() - retention.deliveryMs));
  await dateArchived(deps);
  const erased = await eraseDue(deps);
  const orphans = await eraseOrphans(deps);
  const count = untouched + invites + noted + kept + erased + orphans;
  if (count > 0) log.info('retention has erased what was due', { count });
}

/** Cases archived by an earlier version get the date they would have had. */
async function dateArchived({ store }: ActionDeps): Promise<void> {
  for (;;) {
    const found = await store.retained.archivedWithoutDate(batch);
    for (const c of found) await store.cases.replace(c, { ...c, eraseAt: eraseAtByHistory(c) });
    if (found.length < batch) return;
  }
}

/** One case that cannot be erased must not keep the others. */
async function eraseDue(deps: ActionDeps): Promise<number> {
  const { store, clock, log } = deps;
  const tried = new Set<string>();
  for (;;) {
    const due = await store.retained.dueToErase(clock.now(), batch + tried.size);
    const next = due.filter(({ id }) => !tried.has(id));
    if (next.length === 0) return tried.size;
    for (const { id } of next) {
      tried.add(id);
      await eraseCase(deps)(id).catch((error: unknown) =>
        log.error('a case could not be erased; it is tried again', { caseId: id, error }),
      );
    }
  }
}

/** Identity and text are stored before the case: what a crash left between them is no case, and nobody's to read. */
async function eraseOrphans(deps: ActionDeps): Promise<number> {
  const { store } = deps;
  const to = new Date(Date.now() - retention.orphanMs);
  const within = { from: new Date(to.getTime() - orphansWithinMs), to };
  let [after, erased] = ['', 0];
  for (;;) {
    const ids = await store.keys.casesWithin(within, after, batch);
    const last = ids.at(-1);
    if (last === undefined) return erased;
    after = last;
    const cases = await store.retained.existing(ids);
    for (const id of ids.filter((one) => !cases.has(one))) {
      await store.keys.destroy(id);
      await eraseTexts(deps, id);
      erased++;
    }
  }
}
