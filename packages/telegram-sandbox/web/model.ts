// What the control API of the sandbox's server sends and takes, as this page reads it.

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly languageCode: string;
  readonly label: Words;
  readonly group: Words;
  readonly unread: number;
  readonly blocked: boolean;
  readonly started: boolean;
  readonly lastMessage?: { readonly text: string; readonly date: number };
}

export interface Bot {
  readonly id: number;
  readonly username: string;
  readonly firstName: string;
}

/** A step of the guided tour. */
export interface TourStep {
  readonly id: string;
  readonly title: Words;
  readonly hint: Words;
  readonly personId?: number;
  readonly paste?: Words;
  readonly done: boolean;
}

export interface SandboxState {
  readonly title: string;
  readonly bot: Bot;
  readonly people: readonly Person[];
  readonly clock: boolean;
  /** Ids of the people whose chats are shown first. */
  readonly opens: readonly number[];
  readonly tour: readonly TourStep[];
}

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

export interface Button {
  readonly text: string;
  readonly callbackData?: string;
  readonly url?: string;
}

/** A keyboard in place of the phone's, in Telegram's own words. */
export interface ReplyKeyboard {
  readonly keyboard: readonly (readonly (
    | string
    | { readonly text: string; readonly request_location?: boolean }
  )[])[];
  readonly one_time_keyboard?: boolean;
  readonly input_field_placeholder?: string;
}

export interface StoredFile {
  readonly fileId: string;
  readonly url: string;
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly size?: number;
  readonly duration?: number;
}

export interface PhotoFile {
  readonly fileId: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface ViewMessage {
  readonly messageId: number;
  readonly from: 'bot' | 'person';
  /** Unix seconds. */
  readonly date: number;
  readonly editDate?: number;
  readonly text?: string;
  readonly caption?: string;
  readonly entities?: readonly Entity[];
  readonly captionEntities?: readonly Entity[];
  readonly photo?: PhotoFile;
  readonly document?: StoredFile;
  readonly voice?: StoredFile;
  readonly audio?: StoredFile;
  readonly video?: StoredFile;
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly mediaGroupId?: string;
  readonly replyTo?: { readonly messageId: number; readonly text: string };
  readonly inlineKeyboard?: readonly (readonly Button[])[];
  readonly replyKeyboard?: ReplyKeyboard;
  readonly pinned?: { readonly messageId: number };
  readonly forwarded?: boolean;
  readonly reaction?: string;
  readonly deleted?: boolean;
  readonly protectContent?: boolean;
}

export interface Command {
  readonly command: string;
  readonly description: string;
}

export interface MessagesPage {
  readonly messages: readonly ViewMessage[];
  readonly commands: readonly Command[];
  readonly menuButton?: unknown;
  readonly typing: boolean;
  readonly replyKeyboard?: ReplyKeyboard | null;
}

export interface ClockState {
  /** Business time, ISO 8601. */
  readonly now: string;
  readonly cases: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly deadLetters: number;
  readonly timeZone?: string;
  /** What the program will do next by itself, the earliest first. */
  readonly next?: readonly { readonly at: string; readonly what: string }[];
}

export type ClockMove =
  | { readonly advance: string }
  | { readonly advanceWorking: string }
  | { readonly jump: string };

export interface PressAnswer {
  readonly callbackQueryId: string;
  readonly answer?: { readonly text?: string; readonly showAlert?: boolean; readonly url?: string };
}

export type FileKind = 'photo' | 'document' | 'voice' | 'video' | 'audio';

export interface Upload {
  readonly kind: FileKind;
  readonly fileName: string;
  readonly mimeType: string;
  readonly dataBase64: string;
  readonly caption?: string;
  /** Seconds. */
  readonly duration?: number;
}
