/** A calendar month at the offices, written YYYY-MM; months sort as their writing does. */
export type Month = string;

/** Whether a text is a month; nothing else comes out of a button or a command. */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The month a number of months after another one; negative counts back. */
export function monthsAfter(month: Month, count: number): Month {
  const [year = 0, ordinal = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, ordinal - 1 + count, 1)).toISOString().slice(0, 7);
}
