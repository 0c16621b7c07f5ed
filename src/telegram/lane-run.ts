import type { Update } from 'telegraf/types';
import { errorClassOf, Fault, InvariantError, Overtaken, TelegramFault } from '../errors.js';
import { fewAtOnce } from '../few-at-once.js';
import type { Log } from '../log.js';
import type { Inbox, WaitingUpdate } from '../store/inbox.js';
import type { LaneWatch } from './lane-watch.js';

/** Why a run ended: nothing left, or leave the lane alone until a moment. */
export type RunEnd =
  | 'empty'
  | { readonly restUntil: number; readonly because: 'busy' | 'failure' | 'fairness' };

export type LaneOutcome = 'handled' | 'failed' | 'dead';

/** Whoever held the lane was gone in the middle of an update. */
class LeftInTheMiddle extends Error {}

/** A handler took longer than it may. */
class HandlerTooSlow extends Error {}

export interface LaneRunOptions {
  readonly inbox: Inbox;
  readonly watch: LaneWatch;
  /**
   * Handles one update; `causeId` goes into every write it causes. Asks `isOvertaken` once it has read what it will act on, and
   * throws `Overtaken` where it is. Throwing anything else means: try again later.
   */
  readonly handle: (update: Update, causeId: string, isOvertaken: () => boolean) => Promise<void>;
  /** Tells the person by which reference number to ask about the update that is set aside. */
  readonly onDead: (ref: string, update: Update) => Promise<void>;
  /** Told what became of an attempt; `dead` comes beside the `failed` that caused it. */
  readonly onOutcome?: (outcome: LaneOutcome) => void;
  readonly log: Log;
  /** Pauses after the failures of an update; one failure more than there are pauses makes it a dead letter. */
  readonly pausesMs: readonly number[];
  /** A handler that takes longer counts as failed; it cannot be ended and may still finish. */
  readonly handlingMs: number;
  readonly isStopped: () => boolean;
  /** Others wait for a place: a long lane steps back after a batch. */
  readonly isCrowded: () => boolean;
  /** True once after something new has come in for any of these lanes. */
  readonly takeNews: (lanes: readonly string[]) => boolean;
}

// Trouble that passes is not the update's fault: it is given a quarter of an hour. A try that was too slow has taken a
// minute of it, and counts for two.
const faultsAllowed = 20;
/** An update this young is not set aside for what Telegram does: a day of its being away passes. */
const telegramAwayMs = 24 * 3_600_000;
const faultPauseMs = 45_000;
const longestPauseMs = 5 * 60_000;
const orphansAllowed = 8;
const batchSize = 20;
const busyMs = 40;
const fairnessMs = 20;

/** Makes the function that works through one lane (or a chat's and a person's lane together) while it holds its lease. */
export const createLaneRun = (options: LaneRunOptions) => {
  const { inbox, watch, handle, onDead, log, pausesMs, handlingMs, isStopped, isCrowded, takeNews } = options;
  const { onOutcome = () => undefined } = options;

  const bury = async (one: WaitingUpdate, failures: number, cause: unknown): Promise<void> => {
    const ref = inbox.referenceOf(one.id);
    log.error('an update was set aside', { updateId: one.updateId, ref, attempts: failures });
    try {
      await onDead(ref, one.open() as Update);
    } catch (error) {
      log.error('nobody could be told of an update that was set aside', { ref, error });
    }
    await inbox.bury(one.id, failures, errorClassOf(cause));
    onOutcome('dead');
  };

  const putOff = async (one: WaitingUpdate, failures: number, pauseMs: number): Promise<number> => {
    const restUntil = Date.now() + pauseMs;
    await inbox.postpone(one.id, failures, new Date(restUntil));
    return restUntil;
  };

  /** Puts the update off or aside; says until when the lane must rest, if at all. */
  const fail = async (one: WaitingUpdate, failures: number, error: unknown): Promise<number | undefined> => {
    log.warn('an update could not be handled', { updateId: one.updateId, attempt: failures, error });
    onOutcome('failed');
    const isTelegrams = error instanceof TelegramFault;
    // Nothing was tried in vain where it is known when to come back.
    if (isTelegrams && error.pauseMs !== undefined) return await putOff(one, one.failures, error.pauseMs);
    const ageMs = Date.now() - one.receivedAt.getTime();
    const isSpared = isTelegrams && ageMs < telegramAwayMs;
    const allowed = isPassing(error) ? faultsAllowed : pausesMs.length;
    if (!isSpared && (error instanceof InvariantError || failures > allowed)) {
      await bury(one, failures, error);
      return undefined;
    }
    const pauseMs = pausesMs[failures - 1] ?? faultPauseMs;
    if (!isSpared) return await putOff(one, failures, pauseMs);
    // A try is left for whatever else may happen to it. Each of these may have arrived, so they grow rarer.
    const counted = Math.max(one.failures, Math.min(failures, pausesMs.length - 1));
    return await putOff(one, counted, Math.max(pauseMs, Math.min(ageMs / 4, longestPauseMs)));
  };

  /** Found in other hands once; what waits still after the lane was taken anew is ours, however slow this process is. */
  const givenUp = new Set<string>();

  const handleOne = async (one: WaitingUpdate, lanes: readonly string[]): Promise<number | undefined> => {
    const isOurs = givenUp.delete(one.id);
    try {
      await within(
        handlingMs,
        handle(one.open() as Update, one.id, () => !isOurs && watch.isLost(lanes)),
      );
    } catch (error) {
      if (error instanceof Overtaken) {
        log.warn('an update was found in other hands', { updateId: one.updateId });
        givenUp.add(one.id);
        return Date.now() + busyMs;
      }
      return fail(one, one.failures + (error instanceof HandlerTooSlow ? 2 : 1), error);
    }
    await inbox.finish(one.id);
    onOutcome('handled');
    return undefined;
  };

  /**
   * Whoever held the lane vanished with this update in hand. That counts, or a deadly update would kill for ever; apart from
   * its failures, which are no sign that it is deadly.
   */
  const recordOrphan = async (one: WaitingUpdate): Promise<boolean> => {
    const orphanings = one.orphanings + 1;
    log.warn('an update was left behind in the middle', { updateId: one.updateId, attempt: orphanings });
    if (orphanings > orphansAllowed) {
      await bury(one, one.failures, new LeftInTheMiddle());
      return false;
    }
    await inbox.noteOrphaned(one.id, orphanings);
    return true;
  };

  const alone = fewAtOnce(1);

  /**
   * What was left behind more than once is dealt with alone, the least often left first: a deadly one takes along whatever is in hand
   * beside it, and would have that set aside with itself. Who only waited for his turn is not counted.
   */
  const orphanInTurn = async (
    one: WaitingUpdate,
    lanes: readonly string[],
  ): Promise<number | undefined | 'given up'> => {
    const begin = async (): Promise<number | undefined | 'given up'> => {
      if (isStopped() || watch.isLost(lanes)) return 'given up';
      return (await recordOrphan(one)) ? await handleOne(one, lanes) : undefined;
    };
    return one.orphanings === 0 ? await begin() : await alone(begin, one.orphanings);
  };

  const workThrough = async (lanes: readonly string[], foundOrphaned: boolean): Promise<RunEnd> => {
    let orphaned = foundOrphaned;
    for (;;) {
      takeNews(lanes); // Whatever has come in by now is found.
      const batch = await inbox.waiting(lanes, batchSize);
      for (const one of batch) {
        if (isStopped() || watch.isLost(lanes)) return restFor(busyMs, 'busy');
        // Its other lane is in other hands: the order of both must be kept.
        if (one.lanes.some((lane) => !lanes.includes(lane))) return restFor(busyMs, 'busy');
        const dueAt = one.nextAttemptAt?.getTime() ?? 0;
        if (dueAt > Date.now()) return { restUntil: dueAt, because: 'failure' };
        const restUntil = orphaned ? await orphanInTurn(one, lanes) : await handleOne(one, lanes);
        if (restUntil === 'given up') return restFor(busyMs, 'busy');
        orphaned = false;
        if (restUntil !== undefined) return { restUntil, because: 'failure' };
      }
      if (batch.length < batchSize && !takeNews(lanes)) return 'empty';
      if (isCrowded()) return restFor(fairnessMs, 'fairness');
    }
  };

  return async (lanes: readonly string[]): Promise<RunEnd> => {
    const taken = await watch.acquire(lanes);
    if (taken === 'busy') return restFor(busyMs, 'busy');
    try {
      return await workThrough(lanes, taken === 'takenOver');
    } finally {
      await watch.release(lanes);
    }
  };
};

const restFor = (ms: number, because: 'busy' | 'fairness'): RunEnd => ({
  restUntil: Date.now() + ms,
  because,
});

const isPassing = (error: unknown): boolean =>
  error instanceof Fault ||
  // What takes so long waits for something: each request that is not answered takes a quarter of a minute.
  error instanceof HandlerTooSlow ||
  (error instanceof Error &&
    (/^(Mongo|PoolCleared)\w*(Network|ServerSelection|Timeout|NotConnected|PoolCleared)/.test(error.name) ||
      isNoAnswer(error)));

/** Many writes that met trouble on the way; where one of them was refused, the store says which. */
const isNoAnswer = (error: Error): boolean =>
  error.name === 'MongoBulkWriteError' && 'writeErrors' in error && [error.writeErrors].flat().length === 0;

const within = async (limitMs: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HandlerTooSlow('the handler takes too long')), limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
