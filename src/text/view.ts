/** What a person sees in one message: text, and buttons that say what they ask for. The gateway turns it into API calls. */
import type { Look } from '../domain/audit.js';
import type { Role } from '../domain/people.js';
import type { Rich } from './rich.js';

/** What a button asks for: an action, what it is about, the revision it was drawn for, and one short argument. */
export interface Press {
  readonly action: string;
  readonly id?: string;
  readonly rev?: number;
  readonly arg?: string;
}

export interface Button {
  readonly label: string;
  readonly press: Press;
}

export interface View extends Rich {
  readonly buttons: readonly (readonly Button[])[];
  /** The case it shows, as of which revision and to somebody in which role: whoever writes it makes sure that it is not overtaken. */
  readonly shows?: { readonly caseId: string; readonly rev: number; readonly role: Role };
  /** What its reader sees by it that the audit keeps; whoever sends the view notes it. */
  readonly looks?: readonly Look[];
}

export const view = (body: Rich, buttons: readonly (readonly Button[])[] = []): View => ({
  ...body,
  buttons: buttons.filter((row) => row.length > 0),
});

/** Lays buttons out in rows of a width. */
export function inRows(buttons: readonly Button[], width: number): readonly (readonly Button[])[] {
  const rows: Button[][] = [];
  for (let i = 0; i < buttons.length; i += width) rows.push(buttons.slice(i, i + width));
  return rows;
}
