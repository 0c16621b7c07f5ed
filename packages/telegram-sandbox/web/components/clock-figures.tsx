import type { JSX } from 'preact';
import type { ClockState } from '../model.js';
import { usePage } from '../page-context.js';
import { businessMoment, defaultTimeZone } from '../times.js';

/** When the program will act by itself next, and how many cases and deliveries the program has in which state. */
export function ClockFigures({ clock }: { readonly clock: ClockState }): JSX.Element {
  const { text } = usePage();
  const { next = [], timeZone = defaultTimeZone } = clock;
  const moments = next.map(({ at }) => businessMoment(Date.parse(at), timeZone, text));
  const [first, ...later] = moments.map(({ day, time }) => `${day} ${time}`);
  return (
    <dl class="figures">
      {first !== undefined && (
        <div class="figure-next" title={[first, ...later].join(' · ')}>
          <dt>{text.clock.next}</dt>
          <dd>
            {first}
            {later.length > 0 && <span class="figure-parts"> {later.join(' · ')}</span>}
          </dd>
        </div>
      )}
      <Figure name={text.clock.cases} counts={clock.cases} none={text.clock.none} />
      <Figure name={text.clock.deliveries} counts={clock.deliveries} none={text.clock.none} />
      {clock.deadLetters > 0 && (
        <div class="figure-bad">
          <dt>{text.clock.deadLetters}</dt>
          <dd>{clock.deadLetters}</dd>
        </div>
      )}
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly none: string;
}

function Figure({ name, counts, none }: FigureProps): JSX.Element {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${state} ${count}`);
  return (
    <div title={parts.join(' · ')}>
      <dt>{name}</dt>
      <dd>
        {total === 0 ? none : total}
        {parts.length > 0 && <span class="figure-parts"> {parts.join(' · ')}</span>}
      </dd>
    </div>
  );
}
