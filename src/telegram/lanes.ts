import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaneLeases } from '../store/lanes.js';
import { createLaneRun, type LaneRunOptions, type RunEnd } from './lane-run.js';
import { createLaneWatch } from './lane-watch.js';

export interface Lanes {
  /** Looks for work now; called after every insert, with the lanes of what was stored where they are known. */
  kick(stored?: readonly (readonly string[])[]): void;
  /** How many lanes are in hand here. */
  busy(): number;
  /** Resolves when nothing is in hand here and nothing waits but what rests after a failure. */
  drainIdle(): Promise<void>;
  /** Takes nothing new, waits at most `limitMs` (10 s) for what is in hand, and gives the lanes back. */
  stop(limitMs?: number): Promise<void>;
}

type Needed = Pick<LaneRunOptions, 'inbox' | 'handle' | 'onDead' | 'log'>;
type Tuning = Pick<LaneRunOptions, 'pausesMs' | 'handlingMs' | 'onOutcome'>;

export interface LanesOptions extends Needed, Partial<Tuning> {
  readonly leases: LaneLeases;
  /** Lanes in hand at once; 64 unless told, as many as there are lines to Telegram. */
  readonly maxParallel?: number;
}

const defaultPausesMs = [1_000, 4_000, 15_000, 45_000];
const tickMs = 1_000;

/**
 * Drains the inbox into the handlers: one update at a time per chat and per person, many people at once, in the
 * order of the updates, over all replicas (design §2.1). Starts with the first kick.
 */
export const createLanes = (options: LanesOptions): Lanes => {
  const { inbox, leases, log, maxParallel = 64, pausesMs = defaultPausesMs, handlingMs = 60_000 } = options;
  const watch = createLaneWatch({ leases, owner: randomUUID(), log });
  const running = new Set<Promise<void>>();
  const inHand = new Set<string>();
  const resting = new Map<string, Exclude<RunEnd, 'empty'>>();
  let timer: NodeJS.Timeout | undefined;
  let scanning: Promise<void> | undefined;
  /** Lanes in hand here for which something new has come in. */
  const news = new Set<string>();
  /** Something may wait that found no place here. */
  let leftOver = true;
  let looks = 0;
  let seen = 0;
  let stopped = false;

  const isStopped = (): boolean => stopped;
  const takeNews = (lanes: readonly string[]): boolean =>
    lanes.filter((lane) => news.delete(lane)).length > 0;
  const run = createLaneRun({
    ...options,
    watch,
    pausesMs,
    handlingMs,
    isStopped,
    isCrowded: () => running.size >= maxParallel,
    takeNews,
  });

  const start = (lanes: readonly string[]): void => {
    for (const lane of lanes) inHand.add(lane);
    const work = run(lanes)
      .catch((error: unknown): RunEnd => {
        log.error('a lane came to a halt', { error });
        return { restUntil: Date.now() + tickMs, because: 'busy' };
      })
      .then((end) => {
        const more = takeNews(lanes);
        for (const lane of lanes) {
          inHand.delete(lane);
          if (end !== 'empty') resting.set(lane, end);
        }
        running.delete(work);
        if (more || leftOver) look();
        else if (end !== 'empty') lookLater();
      });
    running.add(work);
  };

  /** Starts the lanes of an update that was just stored, where nothing speaks against it; the run finds what is older. */
  const startNow = (lanes: readonly string[]): boolean => {
    if (stopped) return true;
    const held = lanes.filter((lane) => inHand.has(lane));
    for (const lane of held) news.add(lane);
    if (held.length === lanes.length) return true;
    if (held.length > 0 || running.size >= maxParallel || lanes.some((lane) => resting.has(lane)))
      return false;
    start(lanes);
    return true;
  };

  const wake = (): void => {
    const now = Date.now();
    for (const [lane, { restUntil }] of resting) if (restUntil <= now) resting.delete(lane);
  };

  /** Starts the lanes of the oldest waiting updates until all places are taken; true when it should look again. */
  const scan = async (): Promise<boolean> => {
    const free = maxParallel - running.size;
    if (stopped) return false;
    leftOver = free <= 0;
    if (leftOver) return false;
    wake();
    const limit = free * 4;
    const heads = await inbox.heads({ except: [...inHand, ...resting.keys()], limit });
    for (const lanes of heads) {
      if (running.size >= maxParallel || stopped) {
        leftOver = true;
        return false;
      }
      if (!lanes.some((lane) => inHand.has(lane))) start(lanes);
    }
    // A view filled by one long lane may hide another lane behind it.
    return heads.length === limit;
  };

  const scanAll = async (): Promise<void> => {
    do {
      seen = looks;
      while (await scan());
    } while (seen !== looks && !isStopped());
  };

  const look = (): void => {
    if (stopped) return;
    looks += 1;
    scanning ??= scanAll()
      .catch((error: unknown) => log.error('the inbox could not be read', { error }))
      .finally(() => {
        scanning = undefined;
        if (seen === looks) lookLater();
        else look();
      });
  };

  const lookLater = (): void => {
    if (stopped) return;
    clearTimeout(timer);
    const rests = [...resting.values()].map(({ restUntil }) => restUntil - Date.now());
    timer = setTimeout(look, Math.max(1, Math.min(tickMs, ...rests)));
  };

  const isIdle = async (): Promise<boolean> => {
    if (running.size > 0 || scanning !== undefined) return false;
    const failed = [...resting].filter(([, rest]) => rest.because === 'failure').map(([lane]) => lane);
    return (await inbox.heads({ except: failed, limit: 1 })).length === 0 && running.size === 0;
  };

  return {
    kick(stored) {
      if (stored === undefined) return look();
      for (const lanes of stored) if (!startNow(lanes)) look();
    },

    busy: () => running.size,

    async drainIdle() {
      look();
      while (!isStopped() && !(await isIdle())) {
        await (scanning ?? Promise.race([...running, sleep(10)]));
      }
    },

    async stop(limitMs = 10_000) {
      stopped = true;
      clearTimeout(timer);
      const patience = new AbortController();
      const late = sleep(limitMs, undefined, { signal: patience.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled([scanning, ...running]), late]);
      patience.abort();
      watch.stop();
    },
  };
};
