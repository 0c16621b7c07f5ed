/** The English texts with which an administrator imports the holidays of a year. */
import type { CalendarTexts } from './calendar.js';

export const calendarEn: CalendarTexts = {
  title: '📅 Holidays and make-up workdays',
  year: (p) => `· ${p.year}: published (${p.source}), make-up workdays: ${p.makeUps}`,
  provisional: (year) => `· ${year}: not published yet; weekends and the days fixed by law count for now`,
  others:
    'Other years: not published yet, Monday to Friday for now. Dates in such years are marked provisional.',
  how: 'To import a year, paste the text of the State Council’s notice here, or send it as a text file or as JSON (year, holidays, makeUpWorkdays). You first see what changes and how many cases it touches; nothing changes until you confirm.',
  previewTitle: (years) => `Please check: the holidays of ${years}`,
  source: (source) => `Source: ${source}`,
  free: (days) => `Become free: ${days}`,
  worked: (days) => `Become workdays: ${days}`,
  none: 'none',
  announced: (years) => `${years} is no longer provisional.`,
  holidays: {
    元旦: 'New Year',
    春节: 'Spring Festival',
    清明: 'Qingming',
    劳动: 'Labour Day',
    端午: 'Dragon Boat',
    中秋: 'Mid-Autumn',
    国庆: 'National Day',
  },
  missing: (names) => `⚠️ Not mentioned: ${names}. Please make sure that the notice is complete.`,
  moved: (count) =>
    count === 0
      ? 'No running case’s dates move.'
      : `The dates of ${count} running ${count === 1 ? 'case' : 'cases'} move, the earliest:`,
  example: (p) => `· ${p.from} → ${p.to}`,
  afterwards:
    'When you confirm, the dates of running cases are computed anew; enterprises whose promised date moves are told why.',
  confirm: '✅ Import',
  dropped: 'Nothing was imported; the calendar is as it was.',
  done: (years) =>
    `✅ The holidays of ${years} are imported. The dates of running cases are being computed anew; enterprises whose promised date moves are told why, officers’ cards follow. Supervisors and leaders are told.`,
  nothingChanged: 'Nothing was imported. Please check:',
  wrong: (p) => `· ${p.place}: ${p.what}`,
  refusals: {
    'no-year': 'No year was found; the title of the notice names it.',
    'no-holidays': 'No holiday was found; each stands in a paragraph of its own in the notice.',
    'no-such-date': 'There is no such day.',
    'weekday-differs': 'The weekday and the date do not agree.',
    'count-differs': 'The number of days does not agree with the dates.',
    'not-understood': 'This is not understood; please compare it with the notice.',
    'make-up-in-the-week': 'A make-up workday has to be a Saturday or Sunday.',
    'off-and-worked': 'This day is both free and worked.',
    'ends-before-it-begins': 'It ends before it begins.',
    'other-year': 'This day is not in that year.',
    'not-yours': 'Only the administrator imports holidays.',
    same: 'The calendar says that already; there is nothing to import.',
    stale:
      'The calendar was changed in the meantime, so this comparison is out of date and nothing was imported. Please send it again.',
    forgotten: 'This comparison is gone; nothing was imported. Please send it again.',
    unreadable: 'The file cannot be read. Please send a text or JSON file of at most 256 KB.',
    'not-a-notice':
      'These are not the holidays of a year. Please paste the whole notice with its title and year, or send a text or JSON file; to import nothing, send /cancel.',
  },
  phaseOne: '🔔 The holidays were updated',
  noticeTitle: (years) => `📅 The administrator imported the holidays of ${years}`,
  noticeEnd:
    'The dates of running cases were computed anew; enterprises whose promised date moved are told why.',
};
