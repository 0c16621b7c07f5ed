/** What people have on their screens, live, and what they do: the driver's eyes and hands at the Telegram of a run. */
import http from 'node:http';
import { createInterface } from 'node:readline';
import { numbersIn } from './numbers-in.js';

/** A message of the bot as it stands in somebody's chat. */
export interface Shown {
  readonly messageId: number;
  readonly text: string;
  readonly buttons: readonly string[];
  /** Grows with every change anybody sees. */
  readonly tick: number;
}

export type Look = (shown: Shown) => boolean;

export interface Witness {
  /** For `since`: what is shown from now on. */
  readonly tick: () => number;
  /** The newest message that fits; among those about a case where its number is given. */
  readonly find: (personId: number, look: Look, narrow?: Narrow) => Shown | undefined;
  /** Waits for it; undefined when it does not come in time. */
  readonly wait: (
    personId: number,
    look: Look,
    narrow: Narrow & { readonly withinMs: number },
  ) => Promise<Shown | undefined>;
  readonly start: (personId: number) => Promise<void>;
  readonly say: (personId: number, text: string) => Promise<void>;
  /** Presses; a button that has just gone is nobody's fault. */
  readonly press: (personId: number, messageId: number, label: string) => Promise<void>;
  readonly faults: (rules: readonly object[]) => Promise<void>;
  /** Messages that Telegram took and whose sender never heard of it. */
  readonly lostAnswers: () => Promise<readonly number[]>;
  readonly clearFaults: () => Promise<void>;
  /** Updates Telegram has and the bot has not confirmed. */
  readonly pendingUpdates: () => Promise<number>;
  readonly close: () => void;
}

export interface Narrow {
  readonly number?: string;
  readonly since?: number;
}

interface Chat {
  readonly messages: Map<number, Shown>;
  readonly byNumber: Map<string, Set<number>>;
  readonly waiting: Set<(shown: Shown) => void>;
}

interface SeenMessage {
  readonly messageId: number;
  readonly from: 'bot' | 'person';
  readonly text?: string;
  readonly caption?: string;
  readonly inlineKeyboard?: readonly (readonly { readonly text: string }[])[];
}

export async function createWitness(apiRoot: string): Promise<Witness> {
  const chats = new Map<number, Chat>();
  let ticks = 0;

  const chatOf = (personId: number): Chat => {
    const known = chats.get(personId);
    if (known) return known;
    const chat: Chat = { messages: new Map(), byNumber: new Map(), waiting: new Set() };
    chats.set(personId, chat);
    return chat;
  };

  const see = (personId: number, message: SeenMessage): void => {
    if (message.from !== 'bot') return;
    const chat = chatOf(personId);
    const { messageId, text = message.caption ?? '', inlineKeyboard = [] } = message;
    const shown: Shown = {
      messageId,
      text,
      buttons: inlineKeyboard.flat().map((button) => button.text),
      tick: ++ticks,
    };
    chat.messages.set(messageId, shown);
    for (const number of numbersIn(text)) {
      const about = chat.byNumber.get(number) ?? new Set();
      chat.byNumber.set(number, about.add(messageId));
    }
    for (const look of chat.waiting) look(shown);
  };

  const stream = await openStream(`${apiRoot}/sandbox/events`, ({ personId, message }) =>
    see(personId, message),
  );

  const fits = (shown: Shown, look: Look, { number, since = 0 }: Narrow): boolean =>
    shown.tick > since && (number === undefined || shown.text.includes(number)) && look(shown);

  const find: Witness['find'] = (personId, look, narrow = {}) => {
    const chat = chatOf(personId);
    const about =
      narrow.number === undefined
        ? [...chat.messages.values()]
        : [...(chat.byNumber.get(narrow.number) ?? [])].flatMap((id) => chat.messages.get(id) ?? []);
    return about
      .filter((shown) => fits(shown, look, narrow))
      .reduce<Shown | undefined>(
        (newest, one) => (newest && newest.tick > one.tick ? newest : one),
        undefined,
      );
  };

  const post = async (path: string, body: object, method = 'POST'): Promise<number> => {
    const response = await fetch(`${apiRoot}/sandbox/${path}`, {
      method,
      ...(method === 'POST'
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const must = async (path: string, body: object): Promise<void> => {
    const status = await post(path, body);
    if (status >= 400) throw new Error(`the sandbox answered ${status} to ${path}`);
  };

  return {
    tick: () => ticks,
    find,
    wait: async (personId, look, { withinMs, ...narrow }) => {
      const there = find(personId, look, narrow);
      if (there) return there;
      const { waiting } = chatOf(personId);
      return await new Promise((resolve) => {
        const end = (shown?: Shown): void => {
          clearTimeout(timer);
          waiting.delete(see);
          resolve(shown);
        };
        const see = (shown: Shown): void => {
          if (fits(shown, look, narrow)) end(shown);
        };
        const timer = setTimeout(end, withinMs);
        waiting.add(see);
      });
    },
    start: async (personId) => await must(`people/${personId}/start`, {}),
    say: async (personId, text) => await must(`people/${personId}/say`, { text }),
    press: async (personId, messageId, label) => {
      // It answers when the bot has; that may be long after the bot's next life has begun.
      await post(`people/${personId}/press`, { messageId, text: label });
    },
    faults: async (rules) => await must('faults', { rules }),
    lostAnswers: async () => {
      const response = await fetch(`${apiRoot}/sandbox/faults`);
      return ((await response.json()) as { lostAnswers: readonly number[] }).lostAnswers;
    },
    clearFaults: async () => void (await post('faults', {}, 'DELETE')),
    pendingUpdates: async () => {
      const response = await fetch(`${apiRoot}/sandbox/updates`);
      return ((await response.json()) as { pending: number }).pending;
    },
    close: () => stream.destroy(),
  };
}

interface SeenEvent {
  readonly personId: number;
  readonly message: SeenMessage;
}

function openStream(url: string, onSeen: (event: SeenEvent) => void): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, (response) => {
      let name = '';
      createInterface(response).on('line', (line) => {
        if (line.startsWith('event: ')) name = line.slice(7);
        else if (line.startsWith('data: ') && (name === 'message' || name === 'edit'))
          onSeen(JSON.parse(line.slice(6)) as SeenEvent);
      });
      response.on('error', () => undefined);
      resolve(response);
    });
    request.on('error', reject);
  });
}
