import type { Log } from '../log.js';
import type { Outcome } from './messenger.js';
import type { ActionDeps } from './deps.js';

/**
 * Sends one part of the answer to an update unless it was sent before: files and long texts go out in one phase, and an
 * update that is handled again must not send them twice. What died on its way is not sent again; the button gives it anew.
 */
export const answerOnce =
  ({ store, log }: { readonly store: Pick<ActionDeps['store'], 'answers'>; readonly log: Log }) =>
  async (causeId: string, part: number, send: () => Promise<Outcome>): Promise<Outcome | null> => {
    if (!(await store.answers.begin(causeId, part))) {
      log.info('a part of an answer was not sent again', { causeId });
      return null;
    }
    const outcome = await send();
    const isSent = outcome.kind === 'sent';
    const isUnknown = outcome.kind === 'unknown';
    await store.answers.end(causeId, part, isSent ? 'sent' : isUnknown ? 'unknown' : 'not-sent');
    return outcome;
  };
