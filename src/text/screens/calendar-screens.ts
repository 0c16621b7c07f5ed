/** The calendar as an administrator reads and imports it, and as supervisors and leaders are told of an import. */
import type { CalendarYear } from '../../domain/calendar/calendar.js';
import { dayNumberOf } from '../../domain/calendar/day-number.js';
import type { CalendarMistake, CalendarProposal, DayChanges } from '../../domain/calendar/new-years.js';
import { formatDay } from '../format.js';
import { dateFor, type Reader } from '../reader.js';
import { blocks, bold, cut, lines } from '../rich.js';
import { view, type View } from '../view.js';

const shownMistakes = 20;
const longestPlace = 80;

/** Which years are known, which are provisional, and how another one is imported. */
export function calendarView(years: readonly CalendarYear[], reader: Reader): View {
  const { calendar: text } = reader.text;
  const rows = years.map(({ year, source, provisional, makeUpWorkdays }) =>
    provisional
      ? text.provisional(String(year))
      : text.year({ year: String(year), source, makeUps: String(makeUpWorkdays.length) }),
  );
  return view(blocks(lines(bold(text.title), ...rows, text.others), text.how));
}

const joined = (years: readonly number[], { language }: Reader): string =>
  years.join(language === 'zh' ? '、' : ', ');

/** Days with their weekdays; neighbours are written as one stretch. */
function daysFor(dates: readonly string[], reader: Reader): string {
  const { language } = reader;
  const written = (date: string): string =>
    formatDay(new Date(`${date}T12:00:00Z`), language, { timeZone: 'UTC' });
  const stretches: { readonly first: string; last: string }[] = [];
  for (const date of dates) {
    const open = stretches.at(-1);
    if (open && dayNumberOf(date) === dayNumberOf(open.last) + 1) open.last = date;
    else stretches.push({ first: date, last: date });
  }
  const each = stretches.map(({ first, last }) =>
    first === last ? written(first) : `${written(first)}–${written(last)}`,
  );
  return each.join(language === 'zh' ? '、' : '; ') || reader.text.calendar.none;
}

const changeLines = ({ free, worked }: DayChanges, reader: Reader): readonly string[] => [
  reader.text.calendar.free(daysFor(free, reader)),
  reader.text.calendar.worked(daysFor(worked, reader)),
];

/** What an import would change; nothing has changed yet. */
export function calendarPreview(proposal: CalendarProposal, reader: Reader): View {
  const { calendar: text } = reader.text;
  const { id, years, source, missing, announced, moved, examples } = proposal;
  return view(
    blocks(
      lines(
        bold(text.previewTitle(joined(years, reader))),
        text.source(source),
        ...changeLines(proposal, reader),
        announced.length > 0 && text.announced(joined(announced, reader)),
      ),
      missing.length > 0 && text.missing(missing.map((name) => text.holidays[name]).join(' · ')),
      lines(
        text.moved(moved),
        ...examples.map(({ from, to }) =>
          text.example({ from: dateFor(reader, from), to: dateFor(reader, to) }),
        ),
      ),
      text.afterwards,
    ),
    [
      [
        { label: text.confirm, press: { action: 'calendar-set', id } },
        { label: reader.text.settings.drop, press: { action: 'calendar-drop', id } },
      ],
    ],
  );
}

/** What is wrong, place by place; nothing has changed. */
export function calendarMistakesView(mistakes: readonly CalendarMistake[], reader: Reader): View {
  const { calendar: text } = reader.text;
  const wrong = mistakes.slice(0, shownMistakes).map(({ place, refusal }) => {
    const what = text.refusals[refusal];
    return place === null ? what : text.wrong({ place: cut(place, longestPlace), what });
  });
  return view(lines(bold(text.nothingChanged), ...wrong));
}

/** Told once to supervisors and leaders. */
export const calendarNotice = (
  { years, ...changes }: DayChanges & { readonly years: readonly CalendarYear[] },
  reader: Reader,
): View =>
  view(
    blocks(
      lines(
        bold(
          reader.text.calendar.noticeTitle(
            joined(
              years.map(({ year }) => year),
              reader,
            ),
          ),
        ),
        ...changeLines(changes, reader),
      ),
      reader.text.calendar.noticeEnd,
    ),
  );
