import { z } from 'zod';
import { allowedUpdates } from '../api/webhook-methods.js';
import { conflict, type ApiError } from '../errors.js';
import { explain } from '../schema/explain.js';
import { whole } from '../schema/fields.js';
import type { Change } from '../state/change.js';
import type { Store } from '../state/store.js';
import type { Update } from '../wire.js';

const schema = z.strictObject({
  offset: whole.optional(),
  limit: whole.optional(),
  timeout: whole.optional(),
  allowed_updates: allowedUpdates.optional(),
});

const longestWaitSeconds = 50;
const updateLifetimeMs = 24 * 3_600_000;

type Poller = { readonly wake: () => void; readonly fail: (error: ApiError) => void };

export type Polling = {
  /** getUpdates; `gone` ends the wait when the caller has hung up. */
  poll(params: unknown, gone: AbortSignal): Promise<readonly Update[]>;
  stop(): void;
};

/** Long polling for one taker: a newer request ends the older one with 409, the offset confirms what lies before it. */
export const createPolling = (store: Store): Polling => {
  const { world } = store;
  let current: Poller | undefined;

  const refuseBesideWebhook = (): void => {
    if (!world.webhook) return;
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  };

  const confirm = async (
    offset: number | undefined,
    allowed: readonly string[] | undefined,
  ): Promise<void> => {
    const changes: Change[] = [];
    const tooOld = world.pending.findLast(({ at }) => store.now() - at > updateLifetimeMs)?.update.update_id;
    const fromEnd =
      offset !== undefined && offset < 0 ? world.pending.at(offset)?.update.update_id : undefined;
    const before = Math.max(fromEnd ?? Math.max(offset ?? 0, 0), tooOld === undefined ? 0 : tooOld + 1);
    if (world.pending.some(({ update }) => update.update_id < before))
      changes.push({ kind: 'confirm', before });
    if (allowed && JSON.stringify(allowed) !== JSON.stringify(world.allowed))
      changes.push({ kind: 'allowed', allowed });
    if (changes.length > 0)
      await store.commit({ by: 'bot', method: 'getUpdates', payload: { offset }, changes });
  };

  const wait = (seconds: number, gone: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', wake);
        if (current === poller) current = undefined;
        finish();
      };
      const wake = (): void => end(resolve);
      const poller: Poller = { wake, fail: (error) => end(() => reject(error)) };
      const timer = setTimeout(wake, seconds * 1000);
      gone.addEventListener('abort', wake);
      current = poller;
    });

  const unlisten = store.onCommit((entry) => {
    if (entry.changes.some(({ kind }) => kind === 'update')) current?.wake();
    const isSet = entry.changes.some((change) => change.kind === 'webhook' && change.webhook !== null);
    if (isSet) current?.fail(conflict('terminated by setWebhook request'));
  });

  return {
    poll: async (params, gone) => {
      const parsed = schema.safeParse(params);
      if (!parsed.success) throw explain(parsed.error);
      const { offset, timeout = 0, allowed_updates } = parsed.data;
      const limit = Math.min(Math.max(parsed.data.limit ?? 100, 1), 100);
      refuseBesideWebhook();
      current?.fail(
        conflict('terminated by other getUpdates request; make sure that only one bot instance is running'),
      );
      await confirm(offset, allowed_updates);
      if (world.pending.length === 0 && timeout > 0 && !gone.aborted) {
        await wait(Math.min(timeout, longestWaitSeconds), gone);
      }
      await store.flushed();
      return world.pending.slice(0, limit).map(({ update }) => update);
    },
    stop: () => {
      unlisten();
      current?.wake();
    },
  };
};
