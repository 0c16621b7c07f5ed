/** A change of the rules that was compared with those in force and waits for its proposer's word. */
import type { Contradiction } from './compile-rules.js';
import type { ValueRefusal } from './read-value.js';
import type { RuleChange, RuleDocument } from './settings.js';

/** Why a change was not proposed, or not put into force. */
export type RulesRefusal =
  | ValueRefusal
  | Contradiction
  | 'not-yours'
  | 'same'
  | 'stale'
  | 'forgotten'
  | 'unreadable'
  | 'not-a-document'
  | 'unknown-number';

/** One thing that is wrong, and the number it is in; no place when it is the whole. */
export interface RulesMistake {
  readonly place: string | null;
  readonly refusal: RulesRefusal;
}

export interface RulesProposal {
  readonly id: string;
  /** The version it would become. */
  readonly version: number;
  readonly changes: readonly RuleChange[];
  /** Cases that keep the numbers they started with. */
  readonly running: number;
}

/** The rules for new cases, and since when. */
export interface RulesInForce {
  readonly version: number;
  readonly document: RuleDocument;
  /** Null for the numbers the organisation started with. */
  readonly since: Date | null;
}
