import { actFact } from '../domain/audit.js';
import { randomBytes } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { CalendarYear } from '../domain/calendar/calendar.js';
import {
  dayChanges,
  yearsOfNotice,
  type CalendarMistake,
  type CalendarProposal,
  type CalendarRefusal,
  type DayChanges,
} from '../domain/calendar/new-years.js';
import { looksLikeNotice, readNotice } from '../domain/calendar/read-notice.js';
import { mainClock } from '../domain/case.js';
import type { Viewer } from '../domain/people.js';
import { datesMoved, recalendar } from '../domain/recalendar.js';
import { readCalendarFile } from '../organisation/calendar-file.js';
import { announceSettings } from './announce-settings.js';
import type { ActionDeps } from './deps.js';
import { askedId } from './forget-question.js';

export type CalendarProposed =
  | { readonly ok: true; readonly proposal: CalendarProposal }
  | { readonly ok: false; readonly mistakes: readonly CalendarMistake[] };

export type CalendarImported =
  | { readonly ok: true; readonly years: readonly number[] }
  | { readonly ok: false; readonly refusal: CalendarRefusal };

interface Content extends DayChanges {
  readonly years: readonly CalendarYear[];
}

const page = 200;
const shownExamples = 3;

const refused = (refusal: CalendarRefusal): CalendarProposed => ({
  ok: false,
  mistakes: [{ place: null, refusal }],
});

/** Taking over the holidays of a year: a proposal first, then the year, then the dates of running cases (`recount-cases.ts`). */
export const importCalendar = (deps: ActionDeps) => {
  const { store, rules, clock } = deps;
  const revision = (): number => rules.current().calendarRevision;

  const readYears = (
    text: string,
  ):
    | { readonly years: readonly CalendarYear[]; readonly missing: CalendarProposal['missing'] }
    | readonly CalendarMistake[]
    | null => {
    const file = readCalendarFile(text);
    if (file) return file.ok ? { years: [file.year], missing: [] } : file.mistakes;
    if (!looksLikeNotice(text)) return null;
    const read = readNotice(text);
    if (!read.ok) return read.mistakes;
    const years = yearsOfNotice(read.notice, sourceOf(text, read.notice.year), rules.years());
    return { years, missing: read.notice.missing };
  };

  /** Goes through all running cases as if the years were in force: how many dates would move, and the earliest of them. */
  const dryRun = async (
    years: readonly CalendarYear[],
  ): Promise<Pick<CalendarProposal, 'moved' | 'examples'>> => {
    const imagined = rules.withYears(years);
    const dates: { readonly from: Date; readonly to: Date }[] = [];
    let last = '';
    for (let cases = await store.work.runningAfter(last, page); cases.length > 0;) {
      for (const c of cases) {
        await rules.of(c);
        const next = recalendar(c, clock.now(), { before: rules.asOf(c), rules: imagined(c) });
        const [from, to] = [mainClock(c)?.dueAt ?? c.promisedAt, mainClock(next)?.dueAt ?? next.promisedAt];
        if (datesMoved(c, next) && from && to) dates.push({ from, to });
      }
      last = cases.at(-1)?.id ?? last;
      await yieldToOthers();
      cases = await store.work.runningAfter(last, page);
    }
    const earliest = dates.toSorted((a, b) => a.from.getTime() - b.from.getTime());
    return { moved: dates.length, examples: earliest.slice(0, shownExamples) };
  };

  return {
    /** Remembers that the next words of an administrator are to be a year's holidays. */
    ask: async ({ personId }: Viewer): Promise<void> =>
      await store.proposals.put({
        id: askedId(personId),
        personId,
        kind: 'calendar-asked',
        base: revision(),
        content: null,
      }),

    isAsked: async ({ personId }: Viewer): Promise<boolean> =>
      (await store.proposals.get(askedId(personId), { personId, kind: 'calendar-asked' })) !== null,

    /** Takes a notice or a file, gives what it would change; null when it is neither. */
    async propose({ personId, role }: Viewer, text: string): Promise<CalendarProposed | null> {
      const read = readYears(text);
      if (read === null) return null;
      if (role !== 'admin') return refused('not-yours');
      if (!('years' in read)) return { ok: false, mistakes: read };
      await rules.refresh('now');
      const { years, missing } = read;
      const known = rules.years();
      const changes = dayChanges(known, years);
      const provisional = (year: number): boolean =>
        known.find((one) => one.year === year)?.provisional ?? true;
      const announced = years
        .filter((one) => !one.provisional && provisional(one.year))
        .map(({ year }) => year);
      if (changes.free.length + changes.worked.length + announced.length === 0) return refused('same');
      const id = randomBytes(9).toString('base64url');
      const content: Content = { years, ...changes };
      await store.proposals.put({ id, personId, kind: 'calendar', base: revision(), content });
      const source =
        years.find(({ year }) => year === Math.max(...years.map((one) => one.year)))?.source ?? '';
      return {
        ok: true,
        proposal: {
          id,
          years: years.map(({ year }) => year),
          source,
          missing,
          announced,
          ...changes,
          ...(await dryRun(years)),
        },
      };
    },

    /** Takes the years over if the calendar is still the one they were compared with; two taps take them over once. */
    async confirm(viewer: Viewer, proposalId: string): Promise<CalendarImported> {
      const { personId, role } = viewer;
      if (role !== 'admin') return { ok: false, refusal: 'not-yours' };
      const proposal = await store.proposals.get<Content>(proposalId, { personId, kind: 'calendar' });
      if (!proposal) return { ok: false, refusal: 'forgotten' };
      await rules.refresh('now');
      const next = proposal.base + 1;
      const made = await store.calendarImports.byNumber(next);
      if (made ? made.proposalId !== proposalId : revision() !== proposal.base)
        return { ok: false, refusal: 'stale' };
      const added =
        made !== null ||
        (await store.calendarImports.add({
          revision: next,
          ...proposal.content,
          importedBy: personId,
          importedAt: clock.now(),
          proposalId,
        }));
      const years = proposal.content.years.map(({ year }) => year);
      const detail = years.join('.');
      if (added)
        await store.auditWaiting.fact(
          actFact(viewer, { what: 'calendar-imported', causeId: proposalId, detail }, clock.now()),
        );
      await rules.refresh('now');
      await announceSettings(deps)();
      return added ? { ok: true, years } : { ok: false, refusal: 'stale' };
    },

    drop: async ({ personId }: Viewer, proposalId: string): Promise<boolean> =>
      await store.proposals.drop(proposalId, personId),
  };
};

/** The number of the notice, where it stands in the text. */
const sourceOf = (text: string, year: number): string =>
  /国办发(?:明电)?〔\d{4}〕\d+号/.exec(text.replaceAll(/\s+/g, ''))?.[0] ??
  `国务院办公厅关于${year}年部分节假日安排的通知`;
