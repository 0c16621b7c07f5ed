import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../log.js';
import type { Bucket } from './budgets.js';
import { createLocalPacer, type Pacer, type Turn } from './pacer-local.js';

interface Script {
  readonly text: string;
  readonly sha: string;
}

function asScript(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

// Redis' own clock counts, so that replicas agree. Newest send first in a window's list.
const takeScript = asScript(`
local pausedBot, pausedChat, bot, chat, group, pace = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local wait = math.max(redis.call('PTTL', pausedBot), redis.call('PTTL', pausedChat), 0)
if ARGV[1] == '0' or wait > 0 then return wait end
local cost, botLimit, botMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local most, perSecond, floor = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local groupLimit, groupMs = tonumber(ARGV[7]), tonumber(ARGV[8])
local paceMost, pacePerSecond, paceFloor = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function windowWait(key, limit, ms)
  local blocking = redis.call('LINDEX', key, limit - math.min(cost, limit))
  if not blocking then return 0 end
  return math.max(0, tonumber(blocking) + ms - now)
end
local function remember(key, ms)
  for _ = 1, cost do redis.call('LPUSH', key, now) end
  redis.call('LTRIM', key, 0, 999)
  redis.call('PEXPIRE', key, ms)
end

local function bucketWait(key, most, perSecond, floor)
  local full = math.max(now, tonumber(redis.call('GET', key) or 0))
  local usable = most - floor
  return math.max(0, math.ceil(full - now - (usable - math.min(cost, usable)) * 1000 / perSecond))
end
local function fill(key, perSecond)
  local full = math.max(now, tonumber(redis.call('GET', key) or 0)) + cost * 1000 / perSecond
  redis.call('SET', key, string.format('%.3f', full), 'PX', math.ceil(full - now) + 1000)
end

wait = bucketWait(chat, most, perSecond, floor)
wait = math.max(wait, bucketWait(pace, paceMost, pacePerSecond, paceFloor))
wait = math.max(wait, windowWait(bot, botLimit, botMs))
if groupLimit > 0 then wait = math.max(wait, windowWait(group, groupLimit, groupMs)) end
if wait > 0 then return wait end

remember(bot, botMs)
if groupLimit > 0 then remember(group, groupMs) end
fill(chat, perSecond)
fill(pace, pacePerSecond)
return 0`);

const pauseScript = asScript(`
local chat, bot, last = KEYS[1], KEYS[2], KEYS[3]
local function atLeast(key) if redis.call('PTTL', key) < tonumber(ARGV[1]) then redis.call('SET', key, 1, 'PX', ARGV[1]) end end
atLeast(chat)
local previous = redis.call('GET', last)
if previous and previous ~= chat then atLeast(bot) end
redis.call('SET', last, chat, 'PX', 1000)
return 0`);

const patienceMs = 250;
const restMs = 2_000;

export interface PacerOptions {
  readonly redis: Redis | undefined;
  /** Sets this bot's keys apart; reveals nothing. */
  readonly prefix: string;
  readonly log: Log;
}

/** Paces all replicas together through Redis, and this process alone while Redis is away or slow. */
export const createPacer = ({ redis, prefix, log }: PacerOptions): Pacer => {
  const local = createLocalPacer();
  let restUntil = 0;

  const shared = async (
    script: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> => {
    if (redis?.status !== 'ready' || Date.now() < restUntil) return undefined;
    try {
      return await within(
        run(
          redis,
          script,
          keys.map((key) => prefix + key),
          args,
        ),
      );
    } catch (error) {
      restUntil = Date.now() + restMs;
      log.warn('sending is paced by this process alone', { service: 'redis', error });
      return undefined;
    }
  };

  return {
    async take(turn) {
      // A pause that only this process knows of counts as well: Redis may have been away when it was asked for.
      const pausedMs = local.take({ ...turn, allowance: undefined });
      if (pausedMs > 0) return pausedMs;
      const keys = ['pause:', `pause:${turn.chat}`, 'bot', `chat:${turn.chat}`, `group:${turn.chat}`, 'pace'];
      const answer = await shared(takeScript, keys, numbersOf(turn));
      if (typeof answer !== 'number') return local.take(turn);
      // Counted here too, so that losing Redis in mid-stream does not grant everything anew.
      if (answer === 0) local.take(turn);
      return answer;
    },

    async pause(chat, forMs) {
      local.pause(chat, forMs);
      await shared(pauseScript, [`pause:${chat}`, 'pause:', 'pause-last'], [Math.ceil(forMs)]);
    },
  };
};

/** A script goes over the line once; afterwards its hash names it. */
async function run(
  redis: Redis,
  script: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(script.sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return await redis.eval(script.text, keys.length, ...keys, ...args);
  }
}

const numbersOf = ({ cost, allowance }: Turn): readonly number[] => {
  if (allowance === undefined) return [0];
  const { bot, pace, chat, group } = allowance;
  const groupNumbers = [group?.limit ?? 0, group?.windowMs ?? 0];
  const bucket = (of: Bucket): readonly number[] => [of.most, of.perSecond, of.floor];
  return [cost, bot.limit, bot.windowMs, ...bucket(chat), ...groupNumbers, ...bucket(pace)];
};

const within = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
