import type { CaseRecord, Clock } from '../domain/case.js';
import type { Language } from '../domain/people.js';
import type { Catalog } from './catalog.js';
import { formatInstant } from './format.js';

/** Somebody who reads: in which language, in which time zone, at which business instant. */
export interface Reader {
  readonly language: Language;
  readonly text: Catalog;
  readonly timeZone: string;
  readonly now: Date;
}

/** A date as this reader reads it, marked when the calendar of its year is not published yet. */
export const dateFor = (reader: Reader, at: Date | null | undefined, provisional = false): string =>
  at
    ? `${formatInstant(at, reader.language, reader)}${provisional ? reader.text.words.provisional : ''}`
    : '—';

/** When a clock is due, marked by its own dates; a clock of an older version says nothing, then its case does. */
export const dueFor = (
  reader: Reader,
  c: Pick<CaseRecord, 'provisional'>,
  clock: Pick<Clock, 'dueAt' | 'provisional'> | null | undefined,
): string => dateFor(reader, clock?.dueAt, clock?.provisional ?? c.provisional);

/** The name of a field before its value, with the colon of the reader's language. */
export const labelled = (reader: Reader, name: string): string =>
  reader.language === 'zh' ? `${name}：` : `${name}: `;

/** A department's name in the reader's language. */
export const nameFor = (
  reader: Reader,
  department: { readonly name: { readonly zh: string; readonly en: string } } | undefined,
): string => department?.name[reader.language] ?? reader.text.words.department;
