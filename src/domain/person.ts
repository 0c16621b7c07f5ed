import type { CutText } from './forms/cut-text.js';
import type { Grant, Language, Role } from './people.js';

export interface Contact {
  readonly telegramId: number;
  readonly name: string;
  readonly username: string | null;
  /** As the organisation file calls him, whatever he calls himself. */
  readonly official?: string;
}

/** Somebody who has written to the bot, or whom the organisation file names. */
export interface Person {
  readonly id: string;
  readonly contact: Contact;
  readonly language: Language | null;
  readonly grants: readonly Grant[];
  /** The grant chosen in the menu, for people with several. */
  readonly activeRole: Role | null;
  readonly honestySeenAt: Date | null;
  readonly draftId: string | null;
  /** The update that made this form the one his words go to. */
  readonly draftCause?: string;
  readonly reachable: boolean;
  /** Since when he cannot be reached (business time). */
  readonly unreachableSince: Date | null;
  /** Who let him in, where he came by an invitation. */
  readonly inviters: readonly string[];
  /** Away from his desk until then; others take over. */
  readonly awayUntil: Date | null;
  /** Set with a new name, until the running cases were looked through for it (rules §6). */
  readonly nameNews?: string;
  /** The latest text of his that came in several messages and was too long for any form. */
  readonly cutText?: CutText;
}
