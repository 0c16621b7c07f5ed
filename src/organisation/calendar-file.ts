import { z } from 'zod';
import type { CalendarYear } from '../domain/calendar/calendar.js';
import { mistakesIn, type CalendarMistake } from '../domain/calendar/new-years.js';

const days = z.array(z.string()).default([]);

/** A year as a file, in the form of those that come with the program. */
const schema = z.object({
  year: z.number().int().min(2000).max(2199),
  source: z.string().min(1).max(200).default('JSON'),
  provisional: z.boolean().default(false),
  holidays: days,
  makeUpWorkdays: days,
});

export type CalendarFile =
  | { readonly ok: true; readonly year: CalendarYear }
  | { readonly ok: false; readonly mistakes: readonly CalendarMistake[] };

/** Takes JSON text, gives a year; null when it is not meant as one at all. Refuses with every mistake and its place. */
export function readCalendarFile(text: string): CalendarFile | null {
  const json = parse(text);
  if (typeof json !== 'object' || json === null || !('year' in json)) return null;
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return {
      ok: false,
      mistakes: parsed.error.issues.map(({ path }) => ({ place: path.join('.'), refusal: 'not-understood' })),
    };
  const mistakes = mistakesIn(parsed.data);
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, year: parsed.data };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
