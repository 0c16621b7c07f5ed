import { ApiError, api } from '../api.js';
import type { ClockMove } from '../model.js';
import type { Notice, PageState, Theme } from './state.js';
import type { Language } from '../text/text.js';
import type { Store } from './store.js';
import { keepLastUsed, openChat } from './columns.js';
import { roomNow } from './room.js';
import { withChat } from './chats.js';
import { focusChat, focusPerson } from '../focus.js';
import type { Loading } from './loading.js';
import { sendFiles, type ChosenFile } from '../files/send-files.js';

const noticeLastsMs = 4_000;

export interface Wording {
  readonly unreachable: string;
  readonly refused: (reason: string) => string;
  readonly slowAnswer: string;
}

export interface Answer {
  readonly text?: string;
  readonly showAlert?: boolean;
  readonly url?: string;
}

export interface ActionsOptions {
  readonly store: Store<PageState>;
  readonly loading: Loading;
  readonly wording: () => Wording;
  readonly keepOpenChats: (people: readonly number[]) => void;
  readonly keepTour: (shown: boolean) => void;
}

/** What a user of the page can do. Each answers whether it succeeded; a failure is shown as a notice. */
export function createActions({ store, loading, wording, keepOpenChats, keepTour }: ActionsOptions) {
  const usedAt = new Map<number, number>();
  const waitingForAnswer = new Set<number>();
  let counter = 0;

  const notify = (notice: Omit<Notice, 'id'>): void => {
    counter += 1;
    const id = counter;
    store.set((state) => ({
      ...state,
      notices: [...state.notices.slice(-3), { ...notice, id }],
      spoken: notice.text,
    }));
    setTimeout(
      () => store.set((state) => ({ ...state, notices: state.notices.filter((one) => one.id !== id) })),
      noticeLastsMs,
    );
  };

  const attempt = async (work: () => Promise<unknown>, personId?: number): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const unreachable = !(error instanceof ApiError) || error.status === 0;
      const text = unreachable ? wording().unreachable : wording().refused(error.message);
      notify({ text, tone: 'fault', ...(personId === undefined ? {} : { personId }) });
      return false;
    }
  };

  const setOpen = (change: (open: readonly number[]) => readonly number[]): void => {
    store.set((state) => ({ ...state, open: change(state.open) }));
    keepOpenChats(store.get().open);
  };

  const focus = (personId: number): void => {
    counter += 1;
    usedAt.set(personId, counter);
    store.set((state) => (state.focused === personId ? state : { ...state, focused: personId }));
  };

  const open = (personId: number): void => {
    focus(personId);
    focusChat(personId);
    const room = roomNow(store.get());
    setOpen((now) => openChat({ open: now, personId, room, usedAt }));
    if (store.get().chats.get(personId)?.loaded === true) loading.markRead(personId);
    else void loading.chat(personId);
  };

  const showAnswer = (personId: number, { text, showAlert, url }: Answer): void => {
    if (url !== undefined) follow(personId, url);
    if (text === undefined || text === '') return;
    if (showAlert === true) store.set((state) => ({ ...state, alert: { personId, text } }));
    else notify({ text, tone: 'plain', personId });
  };

  const follow = (personId: number, url: string): void => {
    const payload = deepLinkPayload(url, store.get().bot?.username);
    if (payload !== undefined) void attempt(() => api.start(personId, payload), personId);
    else window.open(url, '_blank', 'noopener,noreferrer');
  };

  return {
    open,
    focus,
    notify,
    follow,
    close: (personId: number) => {
      setOpen((now) => now.filter((id) => id !== personId));
      focusPerson(personId);
    },
    back: () => {
      const { focused } = store.get();
      store.set((state) => ({ ...state, focused: undefined }));
      if (focused !== undefined) focusPerson(focused);
    },
    showTour: (shown: boolean) => {
      store.set((state) => ({ ...state, tourShown: shown }));
      keepTour(shown);
      const room = roomNow(store.get());
      setOpen((now) => (now.length > room ? keepLastUsed(now, room, usedAt) : now));
    },
    /** Opens the chat and puts the words into its field; sending them is left to the person. */
    paste: (personId: number, words: string) => {
      store.set((state) => withChat(state, personId, (chat) => ({ ...chat, pasted: words })));
      open(personId);
    },
    pasteTaken: (personId: number) =>
      store.set((state) => withChat(state, personId, (chat) => ({ ...chat, pasted: undefined }))),
    older: loading.older,
    newer: loading.newer,
    newest: loading.chat,
    setAtEnd: (personId: number, atEnd: boolean) => {
      store.set((state) =>
        withChat(state, personId, (chat) => (chat.atEnd === atEnd ? chat : { ...chat, atEnd })),
      );
      if (atEnd) loading.markRead(personId);
    },
    start: (personId: number, payload?: string) => attempt(() => api.start(personId, payload), personId),
    say: (personId: number, text: string, replyTo?: number) =>
      attempt(() => api.say(personId, replyTo === undefined ? { text } : { text, replyTo }), personId),
    edit: (personId: number, messageId: number, text: string) =>
      attempt(() => api.edit(personId, { messageId, text }), personId),
    sendFiles: (personId: number, files: readonly ChosenFile[], caption: string) =>
      attempt(() => sendFiles({ personId, files, caption }), personId),
    sendLocation: (personId: number, place: { readonly latitude: number; readonly longitude: number }) =>
      attempt(() => api.location(personId, place), personId),
    press: async (personId: number, messageId: number, data: string): Promise<void> => {
      focus(personId);
      await attempt(async () => {
        const { answer } = await api.press(personId, { messageId, data });
        if (answer) return showAnswer(personId, answer);
        waitingForAnswer.add(personId);
        notify({ text: wording().slowAnswer, tone: 'plain', personId });
      }, personId);
    },
    showLateAnswer: (personId: number, answer: Answer) => {
      if (waitingForAnswer.delete(personId)) showAnswer(personId, answer);
    },
    setLanguage: (language: Language) => store.set((state) => ({ ...state, language })),
    setTheme: (theme: Theme) => store.set((state) => ({ ...state, theme })),
    closeAlert: () => store.set((state) => ({ ...state, alert: undefined })),
    block: (personId: number) => attempt(() => api.block(personId), personId),
    unblock: (personId: number) => attempt(() => api.unblock(personId), personId),
    moveClock: async (move: ClockMove): Promise<boolean> => {
      store.set((state) => ({ ...state, clockMoving: true }));
      const done = await attempt(() => api.moveClock(move));
      await loading.clock();
      store.set((state) => ({ ...state, clockMoving: false }));
      return done;
    },
  };
}

export type Actions = ReturnType<typeof createActions>;

/** The start code in a link to this very bot; undefined for every other link. */
function deepLinkPayload(url: string, username: string | undefined): string | undefined {
  if (username === undefined || !URL.canParse(url)) return undefined;
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== 't.me' || pathname.toLowerCase() !== `/${username.toLowerCase()}`) return undefined;
  return searchParams.get('start') ?? '';
}
