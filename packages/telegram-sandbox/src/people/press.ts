import { randomInt } from 'node:crypto';
import { ControlError } from '../errors.js';
import type { CallbackAnswer, Change } from '../state/change.js';
import type { Store } from '../state/store.js';
import { isWanted } from '../updates/allowed.js';
import type { CallbackQuery, Message } from '../wire.js';

export type Press = {
  readonly personId: number;
  readonly messageId: number;
  readonly data: string;
  readonly waitMs: number;
};
export type Pressed = { readonly callbackQueryId: string; readonly answer?: CallbackAnswer | undefined };

const waitForAnswer = (store: Store, queryId: string, waitMs: number): Promise<CallbackAnswer | undefined> =>
  new Promise((resolve) => {
    const end = (answer?: CallbackAnswer): void => {
      clearTimeout(timer);
      unlisten();
      resolve(answer);
    };
    const timer = setTimeout(end, waitMs);
    const unlisten = store.onCommit(({ changes }) => {
      const mine = changes.find((change) => change.kind === 'answer' && change.queryId === queryId);
      if (mine?.kind === 'answer') end(mine.answer);
    });
  });

/** Presses a button: any data may come with any message of the chat, as a forged client could send it. Waits for the answer. */
export const press = async (store: Store, { personId, messageId, data, waitMs }: Press): Promise<Pressed> => {
  const { world } = store;
  const state = world.chats.get(personId);
  const user = state?.user;
  const stored = state?.messages.get(messageId);
  if (!state || !user || !stored || stored.by !== 'bot')
    throw new ControlError(404, `there is no message ${messageId} of the bot`);
  if (state.blocked) throw new ControlError(409, 'he has blocked the bot; unblock first');
  const id = `${personId}${Date.now()}${randomInt(1_000_000)}`;
  const gone = { chat: state.chat, message_id: messageId, date: 0 as const };
  const message = stored.deleted ? gone : stored.wire;
  const query: CallbackQuery = { id, from: user, message, chat_instance: String(personId * 7919), data };
  const content = { callback_query: query };
  const update = { update_id: world.nextUpdateId, ...content };
  const delivery: readonly Change[] = isWanted(world, content)
    ? [{ kind: 'update', pending: { update, at: store.now() } }]
    : [];
  const answered = waitForAnswer(store, id, waitMs);
  const changes: Change[] = [{ kind: 'query', query, at: store.now() }, ...delivery];
  await store.commit({
    by: 'person',
    method: 'press',
    chatId: personId,
    messageId,
    payload: { data, label: labelOf(stored.wire, data) },
    changes,
  });
  return { callbackQueryId: id, answer: await answered };
};

// For whoever reads the journal: data is a code, the label is what the person saw.
const labelOf = ({ reply_markup }: Message, data: string): string | undefined =>
  reply_markup?.inline_keyboard.flat().find((button) => button.callback_data === data)?.text;

/** The callback data under a button's words on that message, or undefined. */
export const dataOf = (
  store: Store,
  personId: number,
  messageId: number,
  text: string,
): string | undefined => {
  const wire = store.world.chats.get(personId)?.messages.get(messageId)?.wire;
  return wire?.reply_markup?.inline_keyboard.flat().find((button) => button.text === text)?.callback_data;
};
