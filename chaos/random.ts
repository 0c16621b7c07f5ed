/** Chance that can be repeated: the same seed gives the same numbers in the same order. */
export interface Chance {
  /** From 0 up to, never reaching, 1. */
  readonly share: () => number;
  /** A whole number from 0 up to, never reaching, `count`. */
  readonly below: (count: number) => number;
  readonly oneOf: <T>(things: readonly [T, ...T[]]) => T;
}

/** Mulberry32; good enough to choose victims and moments. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00;
  };
  const below = (count: number): number => Math.floor(share() * count);
  return { share, below, oneOf: (things) => things[below(things.length)] ?? things[0] };
}
