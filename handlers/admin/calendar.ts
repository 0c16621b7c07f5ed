/** The holidays of the years: which are known, and importing another one. */
import { plain } from '../../src/text/rich.js';
import {
  calendarMistakesView,
  calendarPreview,
  calendarView,
} from '../../src/text/screens/calendar-screens.js';
import { view } from '../../src/text/view.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { adminOnly } from './rules.js';

type Proposed = NonNullable<Awaited<ReturnType<HandlerDeps['actions']['importCalendar']['propose']>>>;

/** Shows what would change, or what is wrong. */
export async function showCalendarProposal(turn: Turn, proposed: Proposed): Promise<void> {
  await turn.send(
    proposed.ok
      ? calendarPreview(proposed.proposal, turn.reader)
      : calendarMistakesView(proposed.mistakes, turn.reader),
  );
}

export const calendar = ({ actions, queries }: HandlerDeps): Feature => ({
  commands: {
    calendar: {
      roles: ['admin'],
      run: async (turn) => {
        await actions.importCalendar.ask(turn.viewer);
        await turn.send(calendarView(await queries.calendarYears(), turn.reader));
      },
    },
  },
  presses: {
    'calendar-set': adminOnly(async (turn, press) => {
      const { calendar: text } = turn.reader.text;
      const imported = await actions.importCalendar.confirm(turn.viewer, press.id ?? '');
      const said = imported.ok ? text.done(imported.years.join(' · ')) : text.refusals[imported.refusal];
      await turn.show(view(plain(said)));
    }),
    'calendar-drop': adminOnly(async (turn, press) => {
      await actions.importCalendar.drop(turn.viewer, press.id ?? '');
      await turn.show(view(plain(turn.reader.text.calendar.dropped)));
    }),
  },
});
