import { api } from '../api.js';
import type { ViewMessage } from '../model.js';
import { dropMessage, menuOf, putMessage, withChat, withPerson } from './chats.js';
import { firstChats } from './columns.js';
import { roomNow } from './room.js';
import { followEvents, type LiveEvent } from './events.js';
import type { Loading } from './loading.js';
import type { PageState } from './state.js';
import type { Store } from './store.js';

const typingLastsMs = 5_000;
const settleMs = 150;
const clockEveryMs = 20_000;

export interface LiveOptions {
  readonly store: Store<PageState>;
  readonly loading: Loading;
  readonly rememberedChats: readonly number[];
  /** Shown when the bot answers a press that this page no longer waits for. */
  readonly showLateAnswer: (personId: number, answer: { text?: string; showAlert?: boolean }) => void;
  /** One line about a message, and what a screen reader is told when it arrives. */
  readonly describe: (
    personId: number,
    message: ViewMessage,
  ) => { readonly line: string; readonly spoken: string };
}

/** Keeps the page's state equal to the server's: the first load, every event, and a fresh load after a break. */
export function startLive({ store, loading, rememberedChats, showLateAnswer, describe }: LiveOptions): void {
  const typingTimers = new Map<number, ReturnType<typeof setTimeout>>();
  const refreshMenu = async (personId: number): Promise<void> => {
    if (store.get().chats.get(personId)?.loaded !== true) return;
    const page = await api.messages({ personId, limit: 1 }).catch(() => undefined);
    if (page) store.set((state) => withChat(state, personId, (chat) => ({ ...chat, ...menuOf(page) })));
  };
  // A change of a person may be a keyboard taken away, which no message tells of.
  const reloadPeople = settled(async () => {
    const { open, chats } = store.get();
    const withKeyboard = open.filter((personId) => chats.get(personId)?.replyKeyboard !== undefined);
    await Promise.all([loading.people(), ...withKeyboard.map((personId) => refreshMenu(personId))]);
  });
  const reloadClock = settled(() => loading.clock());

  const setTyping = (personId: number, typing: boolean): void => {
    clearTimeout(typingTimers.get(personId));
    store.set((state) =>
      withChat(state, personId, (chat) => (chat.typing === typing ? chat : { ...chat, typing })),
    );
    if (typing)
      typingTimers.set(
        personId,
        setTimeout(() => setTyping(personId, false), typingLastsMs),
      );
  };

  const arrive = (personId: number, message: ViewMessage): void => {
    if (message.from === 'bot') setTyping(personId, false);
    const { line, spoken } = describe(personId, message);
    store.set((state) => {
      const listed = withPerson(state, personId, (person) => ({
        ...person,
        started: true,
        unread: message.from === 'bot' ? person.unread + 1 : person.unread,
        lastMessage: { text: line, date: message.date },
      }));
      const told =
        message.from === 'bot' && state.open.includes(personId)
          ? { ...listed, spoken: anew(spoken, state.spoken) }
          : listed;
      const shown = state.chats.get(personId)?.loaded === true;
      return shown ? withChat(told, personId, (chat) => putMessage(chat, message)) : told;
    });
    loading.markRead(personId);
    reloadClock();
  };

  const change = (personId: number, message: ViewMessage): void => {
    store.set((state) =>
      withChat(state, personId, (chat) => {
        const known = chat.messages.some((one) => one.messageId === message.messageId);
        return known ? putMessage(chat, message) : chat;
      }),
    );
    reloadClock();
  };

  const handle = (event: LiveEvent): void => {
    if (event.type === 'message') return arrive(event.personId, event.message);
    if (event.type === 'people') return reloadPeople();
    if (event.type === 'clock') return reloadClock();
    if (event.type === 'person') {
      const { personId, unread, started } = event;
      store.set((state) => withPerson(state, personId, (person) => ({ ...person, unread, started })));
      return loading.markRead(personId);
    }
    if (event.type === 'tour') {
      const { done } = event;
      return store.set((state) => ({
        ...state,
        tour: state.tour.map((step) => ({ ...step, done: done.includes(step.id) })),
      }));
    }
    if (event.type === 'typing') return setTyping(event.personId, true);
    if (event.type === 'answer') return showLateAnswer(event.personId, event);
    if (event.type === 'commands') return void refreshMenu(event.personId);
    if (event.type === 'delete') {
      const { personId, messageId } = event;
      return store.set((state) => withChat(state, personId, (chat) => dropMessage(chat, messageId)));
    }
    change(event.personId, event.message);
  };

  const catchUp = async (): Promise<void> => {
    await loading.people();
    const { people, open, opens } = store.get();
    if (open.length === 0 && people.length > 0) {
      const known = rememberedChats.filter((id) => people.some((person) => person.id === id));
      const room = roomNow(store.get());
      const chosen = known.length > 0 ? known.slice(0, room) : firstChats(people, room, opens);
      store.set((state) => ({ ...state, open: chosen }));
    }
    // Whoever is deep in the history stays there; the way back fetches what came meanwhile.
    const { chats } = store.get();
    const toLoad = store.get().open.filter((personId) => chats.get(personId)?.hasNewer !== true);
    await Promise.all([loading.clock(), ...toLoad.map((personId) => loading.chat(personId))]);
  };

  followEvents({
    onOpen: () => {
      store.set((state) => ({ ...state, connection: 'open' }));
      void catchUp();
    },
    onLost: () => store.set((state) => ({ ...state, connection: 'lost' })),
    onEvent: handle,
  });
  document.addEventListener('visibilitychange', () => {
    for (const personId of store.get().open) loading.markRead(personId);
  });
  setInterval(() => {
    if (!document.hidden) reloadClock();
  }, clockEveryMs);
}

// A live region is read out only when it changes: the same words twice differ by a space nobody hears.
function anew(spoken: string, before: string): string {
  return spoken === before ? `${spoken}\u00a0` : spoken;
}

/** Runs the work once after a flurry of calls has settled. */
function settled(work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), settleMs);
  };
}
