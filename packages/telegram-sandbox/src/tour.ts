import type { TourStep } from './options.js';
import type { Store } from './state/store.js';

export type Tour = {
  /** The steps in their order, each with whether it has happened. */
  steps(): readonly (TourStep & { readonly done: boolean })[];
  /** Called with the ids of all done steps whenever one more is done. */
  onDone(listener: (done: readonly string[]) => void): void;
};

type Look = (store: Store) => boolean;

const labelIn = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null && 'label' in payload ? String(payload.label) : '';

/** Looks through a growing list, each item once. */
const lookThrough = <T>(list: (store: Store) => readonly T[], fits: (item: T) => boolean): Look => {
  let seen = 0;
  return (store) => {
    const items = list(store);
    const from = seen;
    seen = items.length;
    return items.slice(from).some(fits);
  };
};

const lookFor = ({ doneWhen }: TourStep): Look => {
  if ('clockMoved' in doneWhen)
    return lookThrough(
      (store) => store.entries(),
      ({ method, by }) => by === 'server' && method === 'clock',
    );
  const { personId } = doneWhen;
  if ('pressed' in doneWhen) {
    const label = new RegExp(doneWhen.pressed, 'u');
    return lookThrough(
      (store) => store.entries(),
      ({ method, chatId, payload }) =>
        method === 'press' && chatId === personId && label.test(labelIn(payload)),
    );
  }
  const words = new RegExp(doneWhen.text, 'u');
  return lookThrough(
    (store) => store.world.chats.get(personId)?.shown ?? [],
    ({ by, text }) => by === 'bot' && words.test(text),
  );
};

/** Ticks the steps of a guided tour as they happen; reads what happened before from the journal, so a restart keeps the ticks. */
export const createTour = (given: readonly TourStep[], store: Store): Tour => {
  const steps = given.map((step) => ({ step, look: lookFor(step) }));
  const done = new Set<string>();
  const listeners = new Set<(done: readonly string[]) => void>();
  const tick = (): boolean => {
    const before = done.size;
    for (const { step, look } of steps) if (!done.has(step.id) && look(store)) done.add(step.id);
    return done.size > before;
  };
  tick();
  store.onCommit(() => {
    if (done.size === steps.length || !tick()) return;
    for (const listener of listeners) listener([...done]);
  });
  return {
    steps: () => given.map((step) => ({ ...step, done: done.has(step.id) })),
    onDone: (listener) => void listeners.add(listener),
  };
};
