import type { Attachment } from '../domain/forms/form.js';
import type { Person } from '../domain/person.js';
import type { View } from '../text/view.js';

interface Failed {
  /** What Telegram's answer was, as a class and a code; its words may quote the content. */
  readonly errorClass?: string;
}

/** What became of a message to somebody. */
export type Outcome =
  | {
      readonly kind: 'sent';
      readonly messageId: number;
      /** A document that follows may not have arrived. */
      readonly doubtful?: boolean;
    }
  /** Keep it until the person comes back. */
  | { readonly kind: 'unreachable' }
  /** Not sent; try again after the pause, which Telegram may have asked for. */
  | ({ readonly kind: 'later'; readonly pauseMs: number; readonly isAsked?: true } & Failed)
  /** It may or may not have arrived. */
  | ({ readonly kind: 'unknown' } & Failed)
  /** The message to be edited is no longer there. */
  | { readonly kind: 'gone' }
  /** Telegram will never take it. */
  | ({ readonly kind: 'refused' } & Failed);

/** A file we made. */
export interface DocumentFile {
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly mimeType: string;
  readonly caption: string;
}

/** An answer to somebody's own action, or a notice that a worker sends under a lease. */
export type Hurry = 'answer' | Leased;

export interface Leased {
  /** When the lease ends that this is sent under (monotonic, `performance.now()`); a request is over by then, or not begun. */
  readonly leaseEndsAt: number;
}

/** The way out, as actions and handlers know it; the gateway is behind it. */
export interface Messenger {
  send(person: Person, view: View, hurry: Hurry): Promise<Outcome>;
  edit(person: Person, messageId: number, view: View, hurry: Hurry): Promise<Outcome>;
  sendDocument(person: Person, file: DocumentFile, hurry: Hurry): Promise<Outcome>;
  /** Puts a document in the place of a text message. */
  putDocument(person: Person, messageId: number, file: DocumentFile, hurry: Hurry): Promise<Outcome>;
  /** Sends a file by its id, anew and never forwarded (rules §6). */
  sendFile(person: Person, file: Attachment, hurry: Hurry): Promise<Outcome>;
}
