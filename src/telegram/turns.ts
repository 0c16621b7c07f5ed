/** Lets one piece of work run after another; of those that wait, the one with the lowest rank goes next. */
export function createTurns(): <T>(rank: number, work: () => Promise<T>) => Promise<T> {
  const waiting: { readonly rank: number; readonly go: () => void }[] = [];
  let isTaken = false;
  return async (rank, work) => {
    if (isTaken) await new Promise<void>((go) => waiting.push({ rank, go }));
    isTaken = true;
    try {
      return await work();
    } finally {
      waiting.sort((a, b) => a.rank - b.rank);
      const next = waiting.shift();
      // The place goes to the next one, or is free.
      if (next) next.go();
      else isTaken = false;
    }
  };
}
