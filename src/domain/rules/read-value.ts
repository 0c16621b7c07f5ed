/** Reads the value of a setting as people type it, in Chinese or English, into its normal form; refuses nonsense. Pure. */
import { parseOpeningHours, type OpeningHours } from '../working-time/opening-hours.js';
import type { SettingKind } from './settings.js';

export const units = ['wd', 'wh', 'd', 'h', 'min'] as const;
/** Working days, working hours; natural days, hours, minutes. */
export type Unit = (typeof units)[number];

export interface Length {
  readonly count: number;
  readonly unit: Unit;
}

export type ValueRefusal =
  | 'not-a-span'
  | 'not-natural'
  | 'not-two-spans'
  | 'not-a-share'
  | 'not-weights'
  | 'weights-not-whole'
  | 'not-a-count'
  | 'not-hours'
  | 'hours-overlap'
  | 'zero'
  | 'too-much';

export type ReadValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: ValueRefusal };

const spellings: readonly (readonly [Unit, RegExp])[] = [
  ['wd', /^(?:wds?|working ?days?|business ?days?|个?工作日|天工作日)$/],
  ['wh', /^(?:whs?|working ?hours?|business ?hours?|个?工作小时|个?工作时)$/],
  ['d', /^(?:ds?|days?|天|日|个?自然日)$/],
  ['h', /^(?:hs?|hours?|hrs?|个?(?:自然)?小时|个?钟头)$/],
  ['min', /^(?:mins?|minutes?|m|分|分钟)$/],
];

/** The longest a length may be, in its own unit: a mistyped zero must not put a deadline into another decade. */
const most: Readonly<Record<Unit, number>> = { wd: 500, wh: 4_000, d: 1_000, h: 24_000, min: 1_000_000 };
const mostCount = 1_000;

const refuse = (refusal: ValueRefusal): ReadValue => ({ ok: false, refusal });

export function readValue(kind: SettingKind, typed: string): ReadValue {
  const text = typed.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  switch (kind) {
    case 'span':
      return readSpan(text);
    case 'natural': {
      const read = readSpan(text);
      return read.ok && lengthOf(read.value).unit.startsWith('w') ? refuse('not-natural') : read;
    }
    case 'spans':
      return readSpans(text);
    case 'share':
      return readShare(text);
    case 'weights':
      return readWeights(text);
    case 'count':
      return readCount(text);
    case 'hours':
      return readHours(text);
  }
}

function readSpan(text: string): ReadValue {
  const match = /^(\d{1,7}(?:\.\d{1,2})?) ?(.+)$/.exec(text);
  const unit = spellings.find(([, spelling]) => spelling.test(match?.[2] ?? ''))?.[0];
  if (!match || unit === undefined) return refuse('not-a-span');
  const count = Number(match[1]);
  if (count === 0) return refuse('zero');
  return count > most[unit] ? refuse('too-much') : { ok: true, value: `${count} ${unit}` };
}

/** What stands between the parts of a list. */
const listed = / ?[,，、;] ?/;

function readSpans(text: string): ReadValue {
  const read = text.split(listed).map(readSpan);
  if (read.length !== 2) return refuse('not-two-spans');
  const refused = read.find((one) => !one.ok);
  return refused ?? { ok: true, value: read.map((one) => (one.ok ? one.value : '')).join(', ') };
}

function readShare(text: string): ReadValue {
  const match = /^(?:百分之)?(\d{1,3}(?:\.\d{1,2})?) ?%?$/.exec(text);
  if (!match || (!text.includes('%') && !text.startsWith('百分之'))) return refuse('not-a-share');
  const percent = Number(match[1]);
  if (percent === 0) return refuse('zero');
  return percent > 100 ? refuse('too-much') : { ok: true, value: `${percent}%` };
}

function readWeights(text: string): ReadValue {
  const read = text.split(listed).map(readShare);
  const values = read.flatMap((one) => (one.ok ? [one.value] : []));
  if (read.length !== 3 || values.length !== 3) return refuse('not-weights');
  const hundredths = values.reduce((sum, value) => sum + Math.round(Number(value.replace('%', '')) * 100), 0);
  return hundredths === 100_00 ? { ok: true, value: values.join(', ') } : refuse('weights-not-whole');
}

function readCount(text: string): ReadValue {
  const match = /^(\d{1,6}) ?(?:次|件|个|家|times)?$/.exec(text);
  if (!match) return refuse('not-a-count');
  const count = Number(match[1]);
  if (count === 0) return refuse('zero');
  return count > mostCount ? refuse('too-much') : { ok: true, value: String(count) };
}

function readHours(text: string): ReadValue {
  const periods = text.split(/(?:[,，、;]| (?=\d))+ ?/).map((period) => {
    const match = /^(\d{1,2}):(\d{2}) ?(?:-|–|—|~|至|到|to) ?(\d{1,2}):(\d{2})$/.exec(period.trim());
    if (!match) return null;
    const [, opensHour = '', opensMinute = '', closesHour = '', closesMinute = ''] = match;
    return [
      `${opensHour.padStart(2, '0')}:${opensMinute}`,
      `${closesHour.padStart(2, '0')}:${closesMinute}`,
    ] as const;
  });
  const hours = periods.filter((period) => period !== null);
  if (hours.length < periods.length || !hours.flat().every(isTimeOfDay)) return refuse('not-hours');
  try {
    parseOpeningHours(hours);
  } catch {
    return refuse('hours-overlap');
  }
  return { ok: true, value: hours.map((period) => period.join('-')).join(' ') };
}

const isTimeOfDay = (time: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time);

/** The length a normal form writes; what is not one is a mistake of the program. */
export function lengthOf(value: string): Length {
  const [count = '', unit = ''] = value.split(' ');
  const known = units.find((one) => one === unit);
  if (known === undefined) throw new RangeError(`"${value}" is not a length of time`);
  return { count: Number(count), unit: known };
}

export const hoursOf = (value: string): OpeningHours =>
  value.split(' ').map((period) => {
    const [opens = '', closes = ''] = period.split('-');
    return [opens, closes];
  });
