/** Texts with which an administrator imports the holidays of a year. */
import type { CalendarRefusal } from '../domain/calendar/new-years.js';

import type { HolidayName } from '../domain/calendar/read-notice.js';

type Words<K extends string> = Readonly<Record<K, string>>;

export interface CalendarTexts {
  readonly title: string;
  readonly year: (p: { readonly year: string; readonly source: string; readonly makeUps: string }) => string;
  readonly provisional: (year: string) => string;
  readonly others: string;
  readonly how: string;
  readonly previewTitle: (years: string) => string;
  readonly source: (source: string) => string;
  readonly free: (days: string) => string;
  readonly worked: (days: string) => string;
  readonly none: string;
  readonly announced: (years: string) => string;
  readonly holidays: Words<HolidayName>;
  readonly missing: (names: string) => string;
  readonly moved: (count: number) => string;
  readonly example: (p: { readonly from: string; readonly to: string }) => string;
  readonly afterwards: string;
  readonly confirm: string;
  readonly dropped: string;
  readonly done: (years: string) => string;
  readonly nothingChanged: string;
  readonly wrong: (p: { readonly place: string; readonly what: string }) => string;
  readonly refusals: Words<CalendarRefusal>;
  readonly phaseOne: string;
  readonly noticeTitle: (years: string) => string;
  readonly noticeEnd: string;
}
