import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { phoneWidth } from '../store/columns.js';
import type { Person, TourStep } from '../model.js';
import { usePage } from '../page-context.js';
import { Icon } from './icon.js';

export interface TourPanelProps {
  readonly steps: readonly TourStep[];
  readonly people: readonly Person[];
}

/** The guided tour: one case step by step, each ticked as it happens. Beside the chats, on a phone a sheet over them. */
export const TourPanel = memo(function TourPanel({ steps, people }: TourPanelProps): JSX.Element {
  const { text, actions } = usePage();
  const next = steps.find((step) => !step.done);
  return (
    <aside class="tour" aria-label={text.tour.title}>
      <header class="tour-head">
        <h2>{text.tour.title}</h2>
        <span class="hint">{text.tour.progress(steps.filter((step) => step.done).length, steps.length)}</span>
        <button
          type="button"
          class="icon-button"
          aria-label={text.tour.hide}
          title={text.tour.hide}
          onClick={() => actions.showTour(false)}
        >
          <Icon name="close" size={20} />
        </button>
      </header>
      <ol>
        {steps.map((step) => (
          <Step
            key={step.id}
            step={step}
            current={step === next}
            person={people.find(({ id }) => id === step.personId)}
          />
        ))}
      </ol>
      {next === undefined && <p class="tour-end">{text.tour.end}</p>}
    </aside>
  );
});

interface StepProps {
  readonly step: TourStep;
  readonly current: boolean;
  readonly person: Person | undefined;
}

function Step({ step, current, person }: StepProps): JSX.Element {
  const { text, words, actions } = usePage();
  const { paste } = step;
  // On a phone the sheet lies over the chat it leads to.
  const makeWay = (): void => {
    if (window.innerWidth < phoneWidth) actions.showTour(false);
  };
  return (
    <li
      class="tour-step"
      data-step={step.id}
      data-done={step.done}
      aria-current={current ? 'step' : undefined}
    >
      <p class="tour-title">
        <span class="tour-tick" aria-hidden="true">
          {step.done && <Icon name="check" size={16} />}
        </span>
        <span>
          {words(step.title)}
          {step.done && <span class="unseen"> – {text.tour.done}</span>}
        </span>
      </p>
      {current && (
        <div class="tour-more">
          <p class="tour-hint">{words(step.hint)}</p>
          <div class="tour-buttons">
            {person && (
              <button
                type="button"
                class="chip"
                onClick={() => {
                  makeWay();
                  actions.open(person.id);
                }}
              >
                {text.tour.openChat(words(person.label))}
              </button>
            )}
            {person && paste && (
              <button
                type="button"
                class="chip"
                onClick={() => {
                  makeWay();
                  actions.paste(person.id, words(paste));
                }}
              >
                {text.tour.paste}
              </button>
            )}
          </div>
          {paste && <blockquote>{words(paste)}</blockquote>}
        </div>
      )}
    </li>
  );
}

/** Opens and closes the tour, and tells how far it has come. */
export function TourToggle({
  steps,
  shown,
}: {
  readonly steps: readonly TourStep[];
  readonly shown: boolean;
}): JSX.Element {
  const { text, actions } = usePage();
  const done = steps.filter((step) => step.done).length;
  return (
    <button
      type="button"
      class="chip tour-toggle"
      aria-expanded={shown}
      onClick={() => actions.showTour(!shown)}
    >
      {text.tour.toggle} <strong>{text.tour.progress(done, steps.length)}</strong>
    </button>
  );
}
