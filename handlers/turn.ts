/** One update of one person, as a handler sees it. */
import type { Actions } from '../src/actions/index.js';
import type { DocumentFile } from '../src/actions/messenger.js';
import type { Clock } from '../src/clock.js';
import type { DenialName, Look } from '../src/domain/audit.js';
import type { Attachment, StepInput } from '../src/domain/forms/form.js';
import type { Role, Viewer } from '../src/domain/people.js';
import type { Queries } from '../src/queries/index.js';
import type { Person } from '../src/domain/person.js';
import type { CommandName } from '../src/text/catalog.js';
import type { Reader } from '../src/text/reader.js';
import type { Press, View } from '../src/text/view.js';

export interface HandlerDeps {
  readonly actions: Actions;
  readonly queries: Queries;
  readonly clock: Clock;
  readonly timeZone: string;
  /** The link that opens the bot with a payload. */
  readonly startLink: (payload: string) => string;
}

export interface Turn {
  readonly person: Person;
  /** The role he acts in: that of the pressed card, else the one he picked. */
  readonly viewer: Viewer;
  readonly reader: Reader;
  readonly causeId: string;
  /** What the pressed button is about. */
  readonly pressedId: string | null;
  /** The message whose button was pressed. */
  readonly pressedMessageId: number | null;
  /** The message that his own is a reply to. */
  readonly repliedTo: number | null;
  /** Puts a view where the press came from, or sends it; gives the message that shows it. */
  readonly show: (view: View) => Promise<number | null>;
  /** Puts a view into a message of the bot. */
  readonly edit: (messageId: number, view: View) => Promise<number | null>;
  readonly send: (view: View) => Promise<number | null>;
  /** Sends what must not come twice though its update may be handled again: a part of a long text, a file, a file we made. */
  readonly sendPiece: (view: View) => Promise<void>;
  readonly sendFile: (file: Attachment) => Promise<void>;
  readonly sendDocument: (file: DocumentFile) => Promise<void>;
  /** A short line above the chat; only a press can be answered so, anything else becomes a message. */
  readonly toast: (line: string) => Promise<void>;
  /** Notes that somebody was turned away; the answer is the handler's. */
  readonly noteDenial: (what: DenialName, caseId: string | null) => void;
  /** Notes what somebody was shown beside a view. */
  readonly noteLooks: (looks: readonly Look[]) => void;
  /** Answers that this is not for the role he acts in, and notes it. */
  readonly deny: () => Promise<void>;
  /** The commands of the role somebody acts in, as they stand in his menu. */
  readonly menuOf: (person: Person) => readonly CommandName[];
  /** Sets the command menu after a change of role or language. */
  readonly setMenu: (person: Person) => Promise<void>;
}

export interface Command {
  readonly roles: readonly Role[] | 'everyone';
  readonly run: (turn: Turn, argument: string) => Promise<void>;
}

export type PressHandler = (turn: Turn, press: Press) => Promise<void>;

/** What a feature answers to: commands, pressed buttons by action, and what people type or send. */
export interface Feature {
  readonly commands?: Readonly<Partial<Record<CommandName, Command>>>;
  readonly presses?: Readonly<Record<string, PressHandler>>;
  /** True when the input was meant for this feature. */
  readonly words?: (turn: Turn, input: StepInput) => Promise<boolean>;
}
