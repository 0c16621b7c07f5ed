import { ApiError, api } from '../api.js';
import { loadNewer, loadNewest, loadOlder, withChat, withPerson } from './chats.js';
import { phoneWidth } from './columns.js';
import type { PageState } from './state.js';
import type { Store } from './store.js';

const pageSize = 40;
/** Small enough to be drawn within a frame or two while the reader scrolls. */
const historyPageSize = 20;
const readSettlesMs = 120;

export interface Loading {
  readonly people: () => Promise<void>;
  readonly clock: () => Promise<void>;
  readonly chat: (personId: number) => Promise<void>;
  readonly older: (personId: number) => Promise<void>;
  readonly newer: (personId: number) => Promise<void>;
  /** Tells the server that the person has read to the end, when the page really shows the end. */
  readonly markRead: (personId: number) => void;
}

/** What the page fetches from the server. Failures leave the state as it was; the live connection retries. */
export function createLoading(store: Store<PageState>): Loading {
  const people = async (): Promise<void> => {
    const answer = await api.state().catch(() => undefined);
    if (!answer) return;
    store.set((state) => ({
      ...state,
      title: answer.title,
      bot: answer.bot,
      people: answer.people,
      opens: answer.opens,
      tour: answer.tour,
      hasClock: answer.clock,
    }));
    for (const personId of store.get().open) markRead(personId);
  };

  const clock = async (): Promise<void> => {
    if (!store.get().hasClock) return;
    try {
      const now = await api.clock();
      store.set((state) => ({ ...state, clock: now, clockReadAt: Date.now(), clockFault: undefined }));
    } catch (error) {
      const clockFault = error instanceof ApiError ? error.message : 'unknown';
      store.set((state) => ({ ...state, clockFault }));
    }
  };

  const chat = async (personId: number): Promise<void> => {
    const page = await api.messages({ personId, limit: pageSize }).catch(() => undefined);
    if (!page) return;
    store.set((state) => withChat(state, personId, (one) => loadNewest(one, page, pageSize)));
    markRead(personId);
  };

  const older = async (personId: number): Promise<void> => {
    const now = store.get().chats.get(personId);
    const before = now?.messages[0]?.messageId;
    if (!now || !now.hasOlder || now.loadingOlder || before === undefined) return;
    store.set((state) => withChat(state, personId, (one) => ({ ...one, loadingOlder: true })));
    const limit = historyPageSize;
    const page = await api.messages({ personId, limit, before }).catch(() => undefined);
    store.set((state) =>
      withChat(state, personId, (one) =>
        page ? loadOlder(one, page, limit) : { ...one, loadingOlder: false },
      ),
    );
  };

  const newerUnderWay = new Set<number>();
  const newer = async (personId: number): Promise<void> => {
    const now = store.get().chats.get(personId);
    const after = now?.messages.at(-1)?.messageId;
    if (!now?.hasNewer || after === undefined || newerUnderWay.has(personId)) return;
    newerUnderWay.add(personId);
    const limit = historyPageSize;
    const page = await api.messages({ personId, limit, after }).catch(() => undefined);
    newerUnderWay.delete(personId);
    if (page) store.set((state) => withChat(state, personId, (one) => loadNewer(one, page, limit)));
  };

  const readTimers = new Map<number, ReturnType<typeof setTimeout>>();

  const sendRead = (personId: number): void => {
    const last = store.get().chats.get(personId)?.messages.at(-1)?.messageId;
    if (last !== undefined) api.read(personId, last).catch(() => undefined);
  };

  const markRead = (personId: number): void => {
    const state = store.get();
    const one = state.chats.get(personId);
    const last = one?.messages.at(-1)?.messageId;
    const unread = state.people.find((person) => person.id === personId)?.unread ?? 0;
    if (!one?.atEnd || last === undefined || unread === 0 || document.hidden || !isShown(state, personId))
      return;
    store.set((before) => withPerson(before, personId, (person) => ({ ...person, unread: 0 })));
    // Sent once things are quiet: reports overtaking each other could set the mark back.
    clearTimeout(readTimers.get(personId));
    readTimers.set(
      personId,
      setTimeout(() => sendRead(personId), readSettlesMs),
    );
  };

  return { people, clock, chat, older, newer, markRead };
}

function isShown(state: PageState, personId: number): boolean {
  return window.innerWidth < phoneWidth ? state.focused === personId : state.open.includes(personId);
}
