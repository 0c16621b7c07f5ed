import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ClockMove } from '../model.js';
import { usePage } from '../page-context.js';
import type { PageState } from '../store/state.js';
import { businessMoment, defaultTimeZone } from '../times.js';
import { ClockFigures } from './clock-figures.js';
import { Icon } from './icon.js';

const tickMs = 1_000;

type MoveName = 'plusHour' | 'plusDay' | 'plusFiveDays' | 'plusMonth' | 'outage';
const moves: readonly { readonly name: MoveName; readonly move: ClockMove }[] = [
  { name: 'plusHour', move: { advance: 'PT1H' } },
  { name: 'plusDay', move: { advanceWorking: 'P1D' } },
  { name: 'plusFiveDays', move: { advanceWorking: 'P5D' } },
  // Far enough for what waits months, like the archive.
  { name: 'plusMonth', move: { advance: 'P30D' } },
  { name: 'outage', move: { jump: 'P5D' } },
];

/** The program's business time, the buttons that move it, and what the program counts. Folds up on a phone. */
export function ClockBar({ state }: { readonly state: PageState }): JSX.Element {
  const { text, actions } = usePage();
  const { clock, clockReadAt, clockMoving, clockFault } = state;
  const [unfolded, setUnfolded] = useState(false);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const timeZone = clock?.timeZone ?? defaultTimeZone;
  const at = clock ? Date.parse(clock.now) + Math.max(0, now - clockReadAt) : undefined;
  const moment = at === undefined ? undefined : businessMoment(at, timeZone, text);
  const down = clockFault !== undefined;
  return (
    <section class="clock" aria-label={text.clock.title} data-unfolded={unfolded}>
      <button
        type="button"
        class="clock-now"
        aria-expanded={unfolded}
        title={text.clock.title}
        onClick={() => setUnfolded(!unfolded)}
      >
        <Icon name={down ? 'warning' : 'clock'} size={20} />
        {moment && (
          <span>
            <span class="unseen">{text.clock.now} </span>
            <strong>{moment.time}</strong> <span class="clock-day">{moment.day}</span>
          </span>
        )}
        {!moment && <span>{down ? text.clock.down : text.page.connecting}</span>}
      </button>
      <div class="clock-moves" role="group" aria-label={text.clock.move} aria-busy={clockMoving}>
        {moves.map(({ name, move }) => (
          <button
            key={name}
            type="button"
            class={name === 'outage' ? 'chip chip-grave' : 'chip'}
            title={name === 'outage' ? text.clock.outageHint : undefined}
            disabled={clockMoving || clock === undefined}
            onClick={() => void actions.moveClock(move)}
          >
            {text.clock[name]}
          </button>
        ))}
      </div>
      <div class="clock-state" role="status">
        {clockMoving ? (
          <span class="hint">{text.clock.moving}</span>
        ) : down && moment ? (
          <span class="hint">{text.clock.down}</span>
        ) : (
          clock && <ClockFigures clock={clock} />
        )}
      </div>
    </section>
  );
}
