import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { defaultRules, minutesPerWorkingDay, type Span } from '../../../src/domain/clock-limits.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

/** Writes a span as the rules do: "3 wd", "4 wh", "24 h", "7 d". */
function inWords(span: Span): string {
  if (span.working === undefined)
    return span.natural >= 48 * 60 ? `${span.natural / (24 * 60)} d` : `${span.natural / 60} h`;
  return span.working % 420 === 0 && span.working !== 420
    ? `${span.working / 420} wd`
    : `${span.working / 60} wh`;
}

type Cell = number | Span | readonly Span[] | Table;
interface Table {
  readonly [name: string]: Cell;
}
type Printed = number | string | { readonly [name: string]: Printed };

const isSpan = (cell: Span | Table): cell is Span => 'working' in cell || 'natural' in cell;
const isList = (cell: Cell): cell is readonly Span[] => Array.isArray(cell);

/** Writes every span of a table in words, leaving numbers as they are. */
function printed(cell: Cell): Printed {
  if (typeof cell === 'number') return cell;
  if (isList(cell)) return cell.map(inWords).join(', ');
  if (isSpan(cell)) return inWords(cell);
  return Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, printed(value)]));
}

describe('the default rules', () => {
  it('count a working day as the calendar does', () => {
    expect(minutesPerWorkingDay).toBe(createWorkingTime({ calendar: createCalendar([]) }).minutesPerDay);
  });

  it('carry the limits of rules §3', () => {
    expect(printed(defaultRules.clocks)).toEqual({
      dispatch: { limit: '4 wh', urgent: '1 h' },
      sign: { limit: '7 wh', urgent: '2 h' },
      contact: { limit: '7 wh', urgent: '4 h' },
      resolve: {
        limit: { consult: '3 wd', simple: '5 wd', general: '10 wd', complex: '15 wd', legacy: '30 wd' },
        urgent: '24 h',
      },
      redo: { limit: '5 wd', urgent: '24 h' },
      check: { limit: '2 wd', urgent: '4 h' },
      sealed: {
        firstAnswer: { limit: '7 wh', urgent: '7 wh' },
        decision: { limit: '15 wd', urgent: '15 wd' },
      },
      survey: { limit: '7 d', urgent: '7 d', nudges: '2 d, 5 d' },
      lookBack: { looks: '30 d, 90 d' },
      report: { limit: '5 wd', urgent: '5 wd' },
      receipt: { limit: '5 wd', urgent: '5 wd' },
    });
  });

  it('carry the ladder of rules §4', () => {
    expect(printed(defaultRules.ladder)).toEqual({
      R1: { usedShare: 0.5 },
      R2: { usedShare: 0.8, orLeft: '7 wh' },
      R3: { before: '2 wh', orShareBefore: 0.25 },
      E1: { after: { limit: '0 h', urgent: '0 h' }, acknowledgeWithin: '4 wh' },
      E2: { after: { limit: '7 wh', urgent: '2 h' }, explainWithin: '7 wh' },
      E2b: { afterE2: '7 wh' },
      E3: { after: { limit: '3 wd', urgent: '24 h' } },
      E4: { after: { limit: '5 wd', urgent: '5 wd' } },
      oneStepOn: { reopens: 2, urges: 3, redos: 2 },
    });
  });
});
