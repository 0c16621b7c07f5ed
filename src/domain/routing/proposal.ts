import type { Conduct, Domain, Kind, Tier, Track, UrgentReason } from '../taxonomy.js';

export type Confidence = 'sure' | 'likely' | 'guess';

/** A proposed value with the words of the report that speak for it; empty words mean a mere default. */
export type Guess<T> = {
  readonly value: T;
  readonly confidence: Confidence;
  readonly because: readonly string[];
};

/** What the router reads out of a report's words; a person confirms or corrects it (rules §1). */
export type Proposal = {
  readonly kind: Guess<Kind>;
  readonly domain: Guess<Domain>;
  readonly conduct: Guess<Conduct>;
  readonly track: Track;
  /** Something hints at corruption, though too weakly to seal: a person looks before any department does. */
  readonly suspect: boolean;
  readonly urgent: boolean;
  readonly urgentReason?: UrgentReason;
  readonly tier: Tier;
};
