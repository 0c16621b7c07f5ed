import type { Language } from '../text/text.js';
import type { Bot, ClockState, Command, Person, ReplyKeyboard, TourStep, ViewMessage } from '../model.js';

export type Theme = 'auto' | 'light' | 'dark';

export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

export interface Chat {
  readonly messages: readonly ViewMessage[];
  readonly commands: readonly Command[];
  readonly menuIsCommands: boolean;
  readonly replyKeyboard: ReplyKeyboard | undefined;
  /** The message that set the keyboard while the page watched; a new one unfolds it again. */
  readonly keyboardSetBy: number;
  readonly loaded: boolean;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly typing: boolean;
  /** The reader stands at the newest message; only then is what arrives counted as read. */
  readonly atEnd: boolean;
  /** Newer messages exist that are not loaded: the reader is deep in the history. */
  readonly hasNewer: boolean;
  /** Words put into the field from outside, until the field has taken them. */
  readonly pasted: string | undefined;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'fault';
  readonly personId?: number;
}

export interface PageState {
  readonly language: Language;
  readonly theme: Theme;
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly title: string;
  readonly bot: Bot | undefined;
  readonly people: readonly Person[];
  readonly opens: readonly number[];
  readonly tour: readonly TourStep[];
  readonly tourShown: boolean;
  readonly hasClock: boolean;
  readonly clock: ClockState | undefined;
  /** Browser time (ms) at which `clock` was received, to let it tick on. */
  readonly clockReadAt: number;
  readonly clockFault: string | undefined;
  readonly clockMoving: boolean;
  readonly chats: ReadonlyMap<number, Chat>;
  /** People whose chats are shown, left to right; on a phone only the focused one. */
  readonly open: readonly number[];
  readonly focused: number | undefined;
  readonly notices: readonly Notice[];
  readonly alert: { readonly personId: number; readonly text: string } | undefined;
  /** What a screen reader is told next. */
  readonly spoken: string;
}

export const emptyChat: Chat = {
  messages: [],
  commands: [],
  menuIsCommands: false,
  replyKeyboard: undefined,
  keyboardSetBy: 0,
  loaded: false,
  hasOlder: false,
  loadingOlder: false,
  typing: false,
  atEnd: true,
  hasNewer: false,
  pasted: undefined,
};

export const initialState: Omit<PageState, 'language' | 'theme' | 'tourShown'> = {
  connection: 'connecting',
  title: '',
  bot: undefined,
  people: [],
  opens: [],
  tour: [],
  hasClock: false,
  clock: undefined,
  clockReadAt: 0,
  clockFault: undefined,
  clockMoving: false,
  chats: new Map(),
  open: [],
  focused: undefined,
  notices: [],
  alert: undefined,
  spoken: '',
};
