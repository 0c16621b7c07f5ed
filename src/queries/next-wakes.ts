import type { QueryDeps } from './deps.js';

/** Something that will happen by itself. Says no case and no name: whoever plays with the clock may read it. */
export interface NextWake {
  readonly at: Date;
  readonly what: 'case';
}

const horizonMs = 400 * 24 * 60 * 60 * 1_000;

/** The next instants (business time) at which some case is to be woken, the earliest first, each once; `count` at most. */
export const nextWakes =
  ({ store, clock }: QueryDeps) =>
  async (count: number): Promise<readonly NextWake[]> => {
    const until = new Date(clock.now().getTime() + horizonMs);
    const found: NextWake[] = [];
    let from = clock.now();
    while (found.length < count) {
      const at = await store.cases.nextWakeUpTo(from, until);
      if (!at) break;
      found.push({ at, what: 'case' });
      from = at;
    }
    return found;
  };
