/**
 * Reads the notice of the State Council's office about a year's holidays (《国务院办公厅关于2027年部分节假日安排的通知》) as
 * it is published: 「五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。」 What is not understood is refused with its place,
 * never passed over. Pure.
 */
import { type DayNumber, dateOf, dayNumberOf, isWeekend, yearOf } from './day-number.js';

export const holidayNames = ['元旦', '春节', '清明', '劳动', '端午', '中秋', '国庆'] as const;
export type HolidayName = (typeof holidayNames)[number];

export type NoticeRefusal =
  | 'no-year'
  | 'no-holidays'
  | 'no-such-date'
  | 'weekday-differs'
  | 'count-differs'
  | 'not-understood'
  | 'make-up-in-the-week'
  | 'off-and-worked'
  | 'ends-before-it-begins';

/** What is wrong, and the words it is wrong in. */
export interface NoticeMistake {
  readonly place: string;
  readonly refusal: NoticeRefusal;
}

export interface Notice {
  readonly year: number;
  readonly holidays: readonly DayNumber[];
  readonly makeUpWorkdays: readonly DayNumber[];
  readonly missing: readonly HolidayName[];
}

export type ReadNotice =
  | { readonly ok: true; readonly notice: Notice }
  | { readonly ok: false; readonly mistakes: readonly NoticeMistake[] };

const header =
  /(?:[一二三四五六七八九十]+、)?((?:元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节)(?:[、和](?:元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节))*):/g;
/** Where the holidays are over and the notice asks everybody to see to order and safety. */
const closing = /节假日期间|国务院办公厅\d{4}年/;

const refused = (place: string, refusal: NoticeRefusal): ReadNotice => ({
  ok: false,
  mistakes: [{ place, refusal }],
});

/** Whether a text is meant as such a notice at all. */
export const looksLikeNotice = (text: string): boolean =>
  /放假/.test(text) && /节|元旦/.test(text) && /\d月/.test(text.normalize('NFKC'));

export function readNotice(typed: string): ReadNotice {
  const text = typed.normalize('NFKC').replaceAll(/\s+/g, '');
  const year = Number(/关于(\d{4})年/.exec(text)?.[1] ?? /(\d{4})年[^。]{0,12}放假/.exec(text)?.[1]);
  if (!year) return refused(typed.trim().slice(0, 40), 'no-year');
  const headers = [...text.matchAll(header)];
  if (headers.length === 0) return refused(typed.trim().slice(0, 40), 'no-holidays');
  const sections = headers.map((found, i) => {
    const from = found.index + found[0].length;
    const body = text.slice(from, headers[i + 1]?.index ?? text.length);
    return { names: found[1] ?? '', body: body.split(closing)[0] ?? '' };
  });
  const read = sections.flatMap(({ names, body }) =>
    body
      .split(/[。;]/)
      .filter((sentence) => sentence !== '')
      .map((sentence) => readSentence(sentence, year, names)),
  );
  const holidays = sorted(read.flatMap((one) => one.holidays));
  const makeUpWorkdays = sorted(read.flatMap((one) => one.makeUpWorkdays));
  const both = makeUpWorkdays.filter((day) => holidays.includes(day));
  const mistakes = [
    ...read.flatMap((one) => one.mistakes),
    ...both.map((day) => ({ place: dateOf(day), refusal: 'off-and-worked' as const })),
  ];
  if (mistakes.length > 0) return { ok: false, mistakes };
  const missing = holidayNames.filter((name) => !sections.some(({ names }) => names.includes(name)));
  return { ok: true, notice: { year, holidays, makeUpWorkdays, missing } };
}

const sorted = (days: readonly DayNumber[]): readonly DayNumber[] =>
  [...new Set(days)].toSorted((a, b) => a - b);

interface Sentence {
  readonly holidays: readonly DayNumber[];
  readonly makeUpWorkdays: readonly DayNumber[];
  readonly mistakes: readonly NoticeMistake[];
}

const nothing: Sentence = { holidays: [], makeUpWorkdays: [], mistakes: [] };

function readSentence(sentence: string, year: number, names: string): Sentence {
  // Advice binds nobody: 「鼓励各单位结合带薪年休假等制度落实，安排职工在除夕(2月9日)休息」.
  if (!/\d月|\d日/.test(sentence) || /^鼓励/.test(sentence)) return nothing;
  const place = `${names}:${sentence}`;
  const wrong = (refusal: NoticeRefusal): Sentence => ({ ...nothing, mistakes: [{ place, refusal }] });
  const match = /^(.+?)(放假|补休|上班)(.*)$/.exec(sentence);
  if (!match) return wrong('not-understood');
  const [, dates = '', verb = '', rest = ''] = match;
  const read = readDates(dates, year);
  if (!read.ok) return wrong(read.refusal);
  if (verb === '上班') {
    if (rest !== '') return wrong('not-understood');
    if (!read.days.every(isWeekend)) return wrong('make-up-in-the-week');
    return { ...nothing, makeUpWorkdays: read.days };
  }
  const counted = /(?:共|^)(\d{1,2})天/.exec(rest)?.[1];
  if (counted !== undefined && Number(counted) !== read.days.length) return wrong('count-differs');
  // What may follow 放假 says how it came about; a further date would have to be understood.
  const more = /,(.*\d月\d+日.*)$/.exec(rest)?.[1];
  const further = more === undefined ? nothing : readSentence(more, year, names);
  return { ...further, holidays: [...read.days, ...further.holidays] };
}

type ReadDates =
  | { readonly ok: true; readonly days: readonly DayNumber[] }
  | { readonly ok: false; readonly refusal: NoticeRefusal };

/** Days joined by 、 and ranges joined by 至; what a day leaves out — year, month — is that of the day before. */
function readDates(text: string, year: number): ReadDates {
  const days: DayNumber[] = [];
  let before: Written = { year, month: null };
  for (const part of withoutComma(text).split(/[、,和]/)) {
    const ends = part.split(/至|-|—|~/);
    if (ends.length > 2) return { ok: false, refusal: 'not-understood' };
    const found: DayNumber[] = [];
    for (const end of ends) {
      const day = readDay(end, before);
      if (typeof day === 'string') return { ok: false, refusal: day };
      before = day.written;
      found.push(day.number);
    }
    const [first = 0, last = first] = found;
    if (last < first) return { ok: false, refusal: 'ends-before-it-begins' };
    if (last - first > 31) return { ok: false, refusal: 'not-understood' };
    for (let day = first; day <= last; day++) days.push(day);
  }
  return { ok: true, days };
}

/** Within brackets 、 and , part a lunar date from a weekday, not one day from the next. */
const withoutComma = (text: string): string =>
  text.replaceAll(/\([^)]*\)/g, (bracket) => bracket.replaceAll(/[、,和]/g, ' ')).replace(/[、,]$/, '');

interface Written {
  readonly year: number;
  readonly month: number | null;
}

function readDay(
  text: string,
  before: Written,
): { readonly number: DayNumber; readonly written: Written } | NoticeRefusal {
  const match = /^(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?$/.exec(text);
  const month = match?.[2] === undefined ? before.month : Number(match[2]);
  if (!match || month === null) return 'not-understood';
  const written = { year: match[1] === undefined ? before.year : Number(match[1]), month };
  const two = (count: number): string => String(count).padStart(2, '0');
  const number = existing(`${written.year}-${two(month)}-${two(Number(match[3]))}`);
  if (number === null) return 'no-such-date';
  const weekday = /(?:周|星期)([一二三四五六日天])/.exec(match[4] ?? '')?.[1];
  if (
    weekday !== undefined &&
    weekday !== weekdayOf(number) &&
    !(weekday === '天' && weekdayOf(number) === '日')
  )
    return 'weekday-differs';
  return { number, written };
}

function existing(date: string): DayNumber | null {
  try {
    return dayNumberOf(date);
  } catch {
    return null;
  }
}

/** Day 0, 1970-01-01, was a Thursday. */
const weekdayOf = (day: DayNumber): string => '四五六日一二三'[((day % 7) + 7) % 7] ?? '';

/** The years whose days a notice names: nearly always one, with New Year's Day now and then the one before. */
export const yearsIn = ({ year, holidays, makeUpWorkdays }: Notice): readonly number[] =>
  [...new Set([year, ...[...holidays, ...makeUpWorkdays].map(yearOf)])].toSorted((a, b) => a - b);
