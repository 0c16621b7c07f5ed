/** Texts of the audit: what the auditor reads, the head in the chats, and who has seen a reporter's name. */
import type { ActName, DenialName, LookName } from '../domain/audit.js';
import type { StaffEvent } from '../domain/staff-events.js';
import type { Unpressed } from './catalog.js';

type Words<K extends string> = Readonly<Record<K, string>>;

export interface AuditTexts {
  readonly title: Words<'all'> & {
    readonly case: (number: string) => string;
    readonly person: (name: string) => string;
    readonly day: (date: string) => string;
  };
  readonly how: string;
  /** In answer to a day that is none, and to words. */
  readonly noSuchDay: (typed: string) => string;
  readonly takes: string;
  readonly empty: string;
  readonly looks: Words<LookName>;
  readonly denials: Words<DenialName>;
  /** Beside what happened to people and departments, which the administrator reads in the same words. */
  readonly acts: Words<Exclude<ActName, StaffEvent>>;
  readonly changes: Words<Unpressed | 'file' | 'file-for' | 'timed'>;
  readonly times: (count: number) => string;
  readonly system: string;
  readonly headPhaseOne: string;
  readonly head: (p: { readonly seq: number; readonly date: string; readonly hash: string }) => string;
  /** On the reporter's own card. */
  readonly seenBy: (list: string) => string;
}
