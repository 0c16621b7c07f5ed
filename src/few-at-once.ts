/**
 * Lets at most so many pieces of work run at once; of the others the one with the lowest rank goes next, and among equals the one
 * that came first.
 */
export function fewAtOnce(most: number): <T>(work: () => Promise<T>, rank?: number) => Promise<T> {
  let running = 0;
  const waiting: { readonly rank: number; readonly go: () => void }[] = [];
  return async (work, rank = 0) => {
    if (running >= most) await new Promise<void>((go) => waiting.push({ rank, go }));
    else running++;
    try {
      return await work();
    } finally {
      waiting.sort((a, b) => a.rank - b.rank);
      // The place goes to the next one, or is free.
      const next = waiting.shift();
      if (next) next.go();
      else running--;
    }
  };
}
