/** The cases of a city over two years: most of them archived, some struck off of late, a steady number in hand. */
import type { Month } from '../src/domain/rates/month.js';
import type { CaseRecord } from '../src/domain/case.js';
import { livedCase, namesOf, type CaseStage } from './case-lives.js';
import type { SeededCase } from './seed-cases.js';

/** What is in hand at any time does not grow with the years. */
export const openCases = 400;
/** Struck off in the one month that is the same at every size. */
export const fixedMonth: Month = '2024-03';
export const casesInFixedMonth = 100;
/** A month that grows with the whole. */
export const growingMonth: Month = '2025-09';
const months = 20;

/** In working minutes, half a year. */
const farMinutes = 50_000;

/** Fall due together, a group at a time, after everything else is settled. */
export const dueAtOnce = 10;

const subjects = ['环评', '执照', '许可', '用电', '水表', '工程', '投标', '政策'];
const openStages: readonly CaseStage[] = ['filed', 'dispatch', 'sign', 'contact', 'submit'];

export interface CityPlan {
  readonly count: number;
  /** So many groups of cases fall due one after the other. */
  readonly groups: number;
  /** When the first group was signed; everything in hand began thereabouts. */
  readonly workAt: (minutes: number) => Date;
}

/** When a case was struck off: the fixed month first, then the others, evenly. */
const closedAt = (i: number): Date =>
  i < casesInFixedMonth
    ? new Date(Date.UTC(2024, 2, 14, 3))
    : new Date(Date.UTC(2024, 4 + (i % months), 14, 3));

/** One life a month and stage is told by the rules; the others of that month are told alike, or seeding would take an hour. */
function createAlike(): (index: number, at: Date, until: CaseStage) => CaseRecord {
  const told = new Map<string, CaseRecord>();
  return (index, at, until) => {
    const key = `${until} ${at.getTime()}`;
    const c = told.get(key) ?? livedCase({ index, at, until, handlerId: `officer-${index % 50}` });
    told.set(key, c);
    // What was struck off has been asked about: nobody is to be woken for it.
    const filedAt = new Date(at.getTime() + (index % 600_000));
    return { ...c, ...namesOf(index), handlerId: `officer-${index % 50}`, filedAt, wakeAt: null };
  };
}

export function* cityOfCases({ count, groups, workAt }: CityPlan): Generator<SeededCase> {
  const due = groups * dueAtOnce;
  const alike = createAlike();
  for (let index = 0; index < count; index++) {
    const handlerId = `officer-${index % 50}`;
    const open = index < openCases;
    const at = open
      ? workAt(index < due ? Math.floor(index / dueAtOnce) : groups + 60 + index)
      : closedAt(index - openCases);
    const until: CaseStage = open
      ? index < due
        ? 'contact'
        : (openStages[index % openStages.length] ?? 'sign')
      : index % 20 === 0
        ? 'close'
        : 'archived';
    const c = open ? livedCase({ index, at, until, handlerId }) : alike(index, at, until);
    yield {
      // Only the groups fall due while it is measured.
      c: open && index >= due ? { ...c, wakeAt: workAt(farMinutes) } : c,
      text: `${subjects[index % subjects.length]}的材料早就交齐了，窗口一直没有答复，编号 ${index}，请帮忙督促。`.repeat(
        2,
      ),
      words: wordsOf(index),
    };
  }
}

/** Only one report says it. */
export const rareWord = (index: number): string => `r${index}`;

/** A few words that everybody uses, some that many use, one of his own. */
function wordsOf(index: number): readonly string[] {
  const some = Array.from({ length: 20 }, (_, k) => `s${(index * (k + 3) + k * k) % (40 * (k + 1) ** 2)}`);
  return ['材料', '窗口', '答复', subjects[index % subjects.length] ?? '', ...new Set(some), rareWord(index)];
}
