export interface Store<T> {
  readonly get: () => T;
  readonly set: (change: (state: T) => T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const hiddenPageMs = 250;

/** Holds one immutable value and tells its listeners at most once per frame that it changed. */
export function createStore<T>(initial: T): Store<T> {
  const listeners = new Set<() => void>();
  let state = initial;
  let cancelPending: (() => void) | undefined;
  const announce = (): void => {
    cancelPending?.();
    cancelPending = undefined;
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    set: (change) => {
      const next = change(state);
      if (next === state) return;
      state = next;
      cancelPending ??= onNextFrame(announce);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

// Hundreds of events can arrive within one frame; drawing after each of them would freeze the page.
// A hidden page gets no frames, hence the timer beside it.
function onNextFrame(work: () => void): () => void {
  const frame = requestAnimationFrame(work);
  const timer = setTimeout(work, hiddenPageMs);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
