import type { Role } from './people.js';
import type { FormName } from './transitions/row.js';

/** A form somebody is filling in. It survives restarts and is no case (rules §2). */
export interface Draft {
  readonly id: string;
  readonly personId: string;
  /** The role it is filled in: that of the card it was begun from, whatever role is picked meanwhile. */
  readonly role: Role;
  readonly form: FormName;
  /** The transition the form is for, and the case; a report has neither. */
  readonly transition: string | null;
  readonly caseId: string | null;
  readonly rev: number;
  readonly state: 'open' | 'sent' | 'cancelled';
  readonly answers: unknown;
  /** The last 20 updates that changed it: a repeated one changes nothing. */
  readonly causes: readonly string[];
  /** Telegram's id of the album whose first file completed it: the other files belong to it as well. */
  readonly album: string | null;
  /** The bot's message that shows it. */
  readonly cardMessageId: number | null;
}
