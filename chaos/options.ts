/** What a run is made of; every number can be given on the command line. */
import { parseArgs } from 'node:util';
import { crashPoints, type CrashPointName } from '../src/crash-point.js';

export interface RunOptions {
  readonly tier: 'short' | 'long';
  readonly seed: number;
  readonly cases: number;
  readonly owners: number;
  /** Lives told at the same time. */
  readonly hands: number;
  readonly replicas: number;
  readonly kills: number;
  readonly redisKills: number;
  /** Seconds for which a killed redis stays away; undefined: up to one and a half, drawn each time. */
  readonly redisAwayS: number | undefined;
  /** Share of the calls to Telegram that go wrong, in percent. */
  readonly errors: number;
  /** Working days the clock is moved on at the end, so that what lies about is reminded of. */
  readonly days: number;
  /** After so many minutes nothing new is begun; what was begun is judged. */
  readonly minutes: number;
  /** How often every crash point is died at; 0: a run with random kills instead. */
  readonly points: number;
  /** Only these points. */
  readonly only: readonly CrashPointName[];
  /** Instead of `points`: each replica that starts dies at its n-th passing of this boundary, until one has. */
  readonly crashAt: { readonly point: CrashPointName; readonly passing: number } | undefined;
  /** At a crash point: killed, or stopped past its lease and continued. */
  readonly how: 'kill' | 'stop';
  readonly keep: boolean;
}

const tiers = {
  short: { cases: 30, hands: 12, replicas: 2, kills: 3, redisKills: 1, errors: 5, days: 1, casesPerOwner: 2 },
  long: {
    cases: 10_000,
    hands: 60,
    replicas: 2,
    kills: 50,
    redisKills: 10,
    errors: 5,
    days: 2,
    casesPerOwner: 20,
  },
} as const;

const isPoint = (name: string): name is CrashPointName => crashPoints.some((point) => point === name);

/** `<point>:<n>`, n from 1. */
function readCrashAt(text: string | undefined): RunOptions['crashAt'] {
  if (text === undefined || text === '') return undefined;
  const [point = '', times] = text.split(':');
  const passing = Number(times);
  if (!isPoint(point) || !Number.isInteger(passing) || passing < 1)
    throw new Error(`CRASH_AT is <point>:<n>, n from 1, and the point one of ${crashPoints.join(', ')}`);
  return { point, passing };
}

/** Reads the command line, and what the environment says in `CRASH_AT`; a mistake is an error with a sentence. */
export function readOptions(args: readonly string[], crashAt: string | undefined): RunOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      tier: { ...text, default: 'short' },
      seed: text,
      cases: text,
      owners: text,
      hands: text,
      replicas: text,
      kills: text,
      'redis-kills': text,
      'redis-away': text,
      errors: text,
      days: text,
      minutes: text,
      points: text,
      only: { ...text, multiple: true },
      how: text,
      keep: { type: 'boolean', default: false },
    },
  });
  const { tier } = values;
  if (tier !== 'short' && tier !== 'long') throw new Error('--tier is short or long');
  const usual = tiers[tier];
  const number = (name: string, given: string | undefined, otherwise: number): number => {
    const value = given === undefined ? otherwise : Number(given);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number, 0 or more`);
    return value;
  };
  const points = number('points', values.points, 0);
  const cases = number('cases', values.cases, points > 0 ? points * crashPoints.length : usual.cases);
  const only = values.only ?? [];
  if (!only.every(isPoint)) throw new Error(`--only is one of ${crashPoints.join(', ')}`);
  if (values.how !== undefined && values.how !== 'kill' && values.how !== 'stop')
    throw new Error('--how is kill or stop');
  return {
    tier,
    seed: number('seed', values.seed, Math.floor(Math.random() * 1_000_000)),
    cases,
    owners: number('owners', values.owners, Math.ceil(cases / usual.casesPerOwner)),
    hands: number('hands', values.hands, usual.hands),
    replicas: Math.max(1, number('replicas', values.replicas, usual.replicas)),
    kills: number('kills', values.kills, usual.kills),
    redisKills: number('redis-kills', values['redis-kills'], usual.redisKills),
    redisAwayS:
      values['redis-away'] === undefined ? undefined : number('redis-away', values['redis-away'], 0),
    errors: number('errors', values.errors, usual.errors),
    days: number('days', values.days, points > 0 ? 3 : usual.days),
    minutes: number('minutes', values.minutes, Number.MAX_SAFE_INTEGER),
    points,
    only,
    crashAt: readCrashAt(crashAt),
    how: values.how ?? 'kill',
    keep: values.keep,
  };
}
