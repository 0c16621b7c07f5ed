/** What is read again and again and changes once a week: kept for a moment. */
export interface Recent<T> {
  /** What was read at most a moment ago; `now` reads it again. */
  readonly get: (when?: 'now') => Promise<T>;
  /** To be called after it was changed here; another process sees the change a moment later. */
  readonly forget: () => void;
}

const momentMs = 1_000;

/** Takes how it is read. Whoever asks while it is being read waits for the same answer; a failure is not kept. */
export function createRecent<T>(read: () => Promise<T>): Recent<T> {
  let known: { readonly value: Promise<T>; readonly until: number } | undefined;
  return {
    async get(when) {
      const asked = performance.now();
      if (when === undefined && known && asked < known.until) return await known.value;
      const mine = { value: read(), until: asked + momentMs };
      known = mine;
      try {
        return await mine.value;
      } catch (error) {
        if (known === mine) known = undefined;
        throw error;
      }
    },
    forget() {
      known = undefined;
    },
  };
}
