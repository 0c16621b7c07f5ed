import type { Clock } from '../clock.js';
import type { CrashPoint } from '../crash-point.js';
import type { AuditAnchor } from '../domain/audit.js';
import type { Log } from '../log.js';
import type { RuleBook } from '../queries/rule-book.js';
import type { Seal } from '../seal.js';
import type { Segmenter } from '../segment.js';
import type { Store } from '../store/index.js';

/** Wakes the queues; none of these is awaited or may fail an action: the sweep finds what a lost wake-up leaves behind. */
export interface Wake {
  /** A case's outbox waits. */
  readonly relay: (caseId: string) => void;
  /** A new case waits to be routed. */
  readonly route: (caseId: string) => void;
  /** Deliveries wait for these people. */
  readonly deliver: (personIds: readonly string[]) => void;
  /** The same for people whose wake-up may only be waiting for its turn: it is not added a second time. */
  readonly deliverAgain: (personIds: readonly string[]) => void;
}

/** What every action is built from. */
export interface ActionDeps {
  readonly store: Store;
  readonly rules: RuleBook;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly segmenter: Segmenter;
  readonly wake: Wake;
  /** A file that somebody sent, at most so many bytes; null when it cannot be had. */
  readonly download: (fileId: string, mostBytes: number) => Promise<Buffer | null>;
  /** Carries a head of the audit chain out of the store. */
  readonly keepAnchor: (anchor: AuditAnchor) => Promise<void>;
  /** The beginning of a file that somebody sent, at most so many bytes; null when it cannot be had. */
  readonly peek: (fileId: string, mostBytes: number) => Promise<Buffer | null>;
  readonly log: Log;
  readonly crashPoint: CrashPoint;
}
