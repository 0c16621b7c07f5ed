import type { Clock } from '../clock.js';
import type { Segmenter } from '../segment.js';
import type { Store } from '../store/index.js';
import type { RuleBook } from './rule-book.js';

/** What a query may ask: the store, the rules and the business time. */
export interface QueryDeps {
  readonly store: Store;
  readonly rules: RuleBook;
  readonly clock: Clock;
  readonly segmenter: Segmenter;
}
