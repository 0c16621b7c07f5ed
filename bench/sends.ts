/** What Telegram let through, read from its own journal. */
interface Entry {
  readonly at: number;
  readonly method: string;
}

/** Sends and edits, which Telegram's limits count. */
const isCounted = ({ method }: Entry): boolean => /^(send(?!ChatAction)|copy|forward|edit)/.test(method);

/** When each send and edit was accepted, in order. */
export async function acceptedSends(apiRoot: string, since = 0): Promise<readonly number[]> {
  const entries = (await (await fetch(`${apiRoot}/sandbox/journal?after=0`)).json()) as readonly Entry[];
  return entries.filter((entry) => isCounted(entry) && entry.at >= since).map(({ at }) => at);
}

/** Sends a second while there was plenty to send: begin and end, where little is left, are cut off. */
export function steadyRate(times: readonly number[], cut = 0.1): number {
  const inner = times.slice(Math.floor(times.length * cut), Math.ceil(times.length * (1 - cut)));
  const [first, last] = [inner[0], inner.at(-1)];
  return first !== undefined && last !== undefined && last > first
    ? ((inner.length - 1) * 1_000) / (last - first)
    : 0;
}

/** The fullest second there was, wherever it begins. */
export function fullestSecond(times: readonly number[]): number {
  let from = 0;
  return times.reduce((most, at, i) => {
    while ((times[from] ?? 0) <= at - 1_000) from++;
    return Math.max(most, i - from + 1);
  }, 0);
}
