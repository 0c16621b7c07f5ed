import { createCalendar, type CalendarYear } from '../domain/calendar/calendar.js';
import { shippedYears } from '../domain/calendar/shipped-years.js';
import type { CaseRecord } from '../domain/case.js';
import { defaultRules, type Rules } from '../domain/clock-limits.js';
import type { TimeRules } from '../domain/clocks.js';
import { compileRules } from '../domain/rules/compile-rules.js';
import { completed, defaultDocument, type RuleDocument } from '../domain/rules/settings.js';
import { createWorkingTime } from '../domain/working-time/index.js';
import { InvariantError } from '../errors.js';
import type { Store } from '../store/index.js';

type Started = Pick<CaseRecord, 'rulesVersion' | 'calendarRevision'>;

/** The numbers of every version and the calendar of every revision, kept in memory (rules, "All numbers are defaults"). */
export interface RuleBook {
  /** The newest rules and calendar: what new cases start with, and what is nobody's case. */
  readonly current: () => TimeRules;
  /** The numbers a case started with, over the newest calendar, which is at least as new as the one its dates come from. */
  readonly of: (c: Started) => Promise<TimeRules>;
  /** The same for many cases at once. */
  readonly ofAll: (cases: readonly Started[]) => Promise<(c: Started) => TimeRules>;
  /** The numbers of a case over an earlier calendar. */
  readonly asOf: (c: Started) => TimeRules;
  /** The numbers of a case as if these years had been imported. */
  readonly withYears: (years: readonly CalendarYear[]) => (c: Started) => TimeRules;
  readonly document: () => RuleDocument;
  /** Every year that is known, as it is now; the earliest first. */
  readonly years: () => readonly CalendarYear[];
  /** Looks for what another process has changed: two look-ups by key, at most one round a second unless `now`. */
  readonly refresh: (when?: 'now') => Promise<void>;
  /** Writes down the numbers this organisation starts with, so that a later program's defaults do not change them. */
  readonly begin: (at: Date) => Promise<void>;
}

const refreshEveryMs = 1_000;
const first = 1;

export function createRuleBook(
  store: Pick<Store, 'ruleVersions' | 'calendarImports'>,
  timeZone: string,
): RuleBook {
  const versions = new Map<number, { readonly document: RuleDocument; readonly rules: Rules }>([
    [first, { document: defaultDocument, rules: defaultRules }],
  ]);
  let calendars: readonly (readonly CalendarYear[])[] = [shippedYears];
  let newest = first;
  /** 0 until the stored first version was read: it may differ from this program's defaults. */
  let read = 0;
  let refreshedAt = -Infinity;
  const times = new Map<string, TimeRules>();

  const timeRules = (version: number, calendarRevision: number): TimeRules => {
    const key = `${version} ${calendarRevision}`;
    const known = times.get(key);
    if (known) return known;
    const rules = versions.get(version)?.rules;
    const years = calendars[calendarRevision];
    if (!rules || !years) throw new InvariantError('a case names rules or a calendar that nobody stored');
    const time = createWorkingTime({ calendar: createCalendar(years), timeZone, hours: rules.hours });
    const made = { rules, time, calendarRevision };
    times.set(key, made);
    return made;
  };

  const latestCalendar = (): number => calendars.length - 1;

  const refresh = async (when?: 'now'): Promise<void> => {
    if (when === undefined && performance.now() - refreshedAt < refreshEveryMs) return;
    refreshedAt = performance.now();
    const [added, imports] = await Promise.all([
      store.ruleVersions.after(read),
      store.calendarImports.after(latestCalendar()),
    ]);
    for (const { version, document } of added) {
      const whole = completed(document);
      versions.set(version, { document: whole, rules: compileRules(version, whole) });
      for (const key of times.keys()) if (key.startsWith(`${version} `)) times.delete(key);
      read = Math.max(read, version);
      newest = Math.max(newest, version);
    }
    for (const { revision, years } of imports)
      if (revision === calendars.length) calendars = [...calendars, merged(calendars.at(-1) ?? [], years)];
  };

  const isKnown = ({ rulesVersion, calendarRevision }: Started): boolean =>
    versions.has(rulesVersion) && calendarRevision <= latestCalendar();

  const ofAll = async (cases: readonly Started[]): Promise<(c: Started) => TimeRules> => {
    if (!cases.every(isKnown)) await refresh('now');
    return ({ rulesVersion }) => timeRules(rulesVersion, latestCalendar());
  };

  return {
    current: () => timeRules(newest, latestCalendar()),
    of: async (c) => (await ofAll([c]))(c),
    ofAll,
    asOf: ({ rulesVersion, calendarRevision }) => timeRules(rulesVersion, calendarRevision),
    withYears: (imported) => {
      const calendar = createCalendar(merged(calendars.at(-1) ?? [], imported));
      const made = new Map<number, TimeRules>();
      return ({ rulesVersion }) => {
        const { rules } = timeRules(rulesVersion, latestCalendar());
        const known = made.get(rulesVersion) ?? {
          rules,
          time: createWorkingTime({ calendar, timeZone, hours: rules.hours }),
          calendarRevision: calendars.length,
        };
        made.set(rulesVersion, known);
        return known;
      };
    },
    document: () => versions.get(newest)?.document ?? defaultDocument,
    years: () => (calendars.at(-1) ?? []).toSorted((a, b) => a.year - b.year),
    refresh,
    begin: async (at) => {
      await store.ruleVersions.add({
        version: first,
        document: defaultDocument,
        changes: [],
        changedBy: null,
        changedAt: at,
        proposalId: null,
      });
      await refresh('now');
    },
  };
}

/** A year given again replaces the one before. */
const merged = (
  before: readonly CalendarYear[],
  imported: readonly CalendarYear[],
): readonly CalendarYear[] => [
  ...before.filter(({ year }) => !imported.some((one) => one.year === year)),
  ...imported,
];
