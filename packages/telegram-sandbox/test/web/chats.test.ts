import { expect, test } from 'vitest';
import type { Person, ViewMessage } from '../../web/model.js';
import { dropMessage, loadNewer, loadNewest, loadOlder, putMessage } from '../../web/store/chats.js';
import { columnsThatFit, firstChats, keepLastUsed, openChat } from '../../web/store/columns.js';
import { emptyChat, type Chat } from '../../web/store/state.js';

const message = (messageId: number, text = `m${messageId}`): ViewMessage => ({
  messageId,
  from: 'bot',
  date: 1_700_000_000 + messageId,
  text,
});
const page = (...ids: readonly number[]) => ({
  messages: ids.map((id) => message(id)),
  commands: [],
  typing: false,
});
const ids = (chat: Chat): readonly number[] => chat.messages.map(({ messageId }) => messageId);

test('messages stand in the order of their ids, however they arrive, and an edit takes the place of the original', () => {
  const arrived = [3, 1, 2].reduce((chat, id) => putMessage(chat, message(id)), emptyChat);
  expect(ids(arrived)).toEqual([1, 2, 3]);
  const edited = putMessage(arrived, message(2, 'changed'));
  expect(ids(edited)).toEqual([1, 2, 3]);
  expect(edited.messages[1]?.text).toBe('changed');
  expect(ids(dropMessage(edited, 2))).toEqual([1, 3]);
});

test('an older page goes on top without repeating what is loaded, and a short page is the last', () => {
  const newest = loadNewest(emptyChat, page(4, 5), 2);
  expect(newest.hasOlder).toBe(true);
  const older = loadOlder(newest, page(3, 4), 2);
  expect(ids(older)).toEqual([3, 4, 5]);
  expect(loadOlder(older, page(2), 2).hasOlder).toBe(false);
});

test('loading anew after a break keeps the history that joins on, and drops what would leave a gap', () => {
  const history = loadOlder(loadNewest(emptyChat, page(4, 5), 2), page(2, 3), 2);
  expect(ids(loadNewest(history, page(5, 6), 2))).toEqual([2, 3, 4, 5, 6]);
  expect(ids(loadNewest(history, page(8, 9), 2))).toEqual([8, 9]);
});

test('a message older than what is loaded does not tear a hole into the list', () => {
  const loaded = loadNewest(emptyChat, page(8, 9), 2);
  expect(ids(putMessage(loaded, message(1)))).toEqual([8, 9]);
});

test('a chat followed at its end stays small; one that is being read back loses nothing', () => {
  const fill = (start: Chat): Chat => {
    let chat = start;
    for (let id = 1; id <= 1_000; id += 1) chat = putMessage(chat, message(id));
    return chat;
  };
  const followed = fill(emptyChat);
  expect(followed.messages.length).toBeLessThanOrEqual(300);
  expect(followed.messages.at(-1)?.messageId).toBe(1_000);
  expect(followed.hasOlder).toBe(true);
  expect(fill({ ...emptyChat, atEnd: false }).messages).toHaveLength(1_000);
});

test('a message that sets a keyboard puts it in force and says which message did', () => {
  const replyKeyboard = { keyboard: [['Yes', 'No']] };
  const chat = putMessage(emptyChat, { ...message(7), replyKeyboard });
  expect(chat).toMatchObject({ replyKeyboard, keyboardSetBy: 7 });
});

const person = (id: number, group: string): Person => ({
  id,
  firstName: `P${id}`,
  languageCode: 'en',
  label: { zh: `人${id}`, en: `Person ${id}` },
  group: { zh: group, en: group },
  unread: 0,
  blocked: false,
  started: false,
});

test('the chats shown first are one of each group: the first and the last group before those between', () => {
  const people = [person(1, 'a'), person(2, 'a'), person(3, 'b'), person(4, 'c'), person(5, 'd')];
  expect(firstChats(people, 2)).toEqual([1, 5]);
  expect(firstChats(people, 3)).toEqual([1, 3, 5]);
  expect(firstChats(people, 9)).toEqual([1, 3, 4, 5]);
  expect(firstChats([], 3)).toEqual([]);
});

test('a further chat takes a free place, else that of the one used longest ago', () => {
  const usedAt = new Map([
    [1, 5],
    [2, 3],
  ]);
  expect(openChat({ open: [1, 2], personId: 3, room: 3, usedAt })).toEqual([1, 2, 3]);
  expect(openChat({ open: [1, 2], personId: 3, room: 2, usedAt })).toEqual([1, 3]);
  expect(openChat({ open: [1, 2], personId: 2, room: 1, usedAt })).toEqual([1, 2]);
});

test('three chats fit a desktop, one a phone', () => {
  expect(columnsThatFit(1440)).toBe(3);
  expect(columnsThatFit(390)).toBe(1);
});

test('a long way back through the history keeps a window only, and the way forward fills it again without a gap', () => {
  const count = 20;
  const upTo = (last: number) => page(...Array.from({ length: count }, (_, at) => last - count + 1 + at));
  let chat: Chat = { ...loadNewest(emptyChat, upTo(2_000), count), atEnd: false };
  while (chat.hasOlder && (chat.messages[0]?.messageId ?? 0) > 100)
    chat = loadOlder(chat, upTo((chat.messages[0]?.messageId ?? 0) - 1), count);
  expect(chat.messages.length).toBeLessThanOrEqual(200);
  expect(chat.hasNewer).toBe(true);
  expect(putMessage(chat, message(2_001))).toBe(chat);

  while (chat.hasNewer) {
    const last = chat.messages.at(-1)?.messageId ?? 0;
    const next = Array.from({ length: Math.min(count, 2_001 - last) }, (_, at) => last + 1 + at);
    chat = loadNewer(chat, page(...next), count);
  }
  expect(chat.messages.length).toBeLessThanOrEqual(200);
  expect(chat.messages.at(-1)?.messageId).toBe(2_001);
  expect(chat.hasOlder).toBe(true);
  const steps = ids(chat)
    .slice(1)
    .map((id, at) => id - (ids(chat)[at] ?? 0));
  expect(new Set(steps)).toEqual(new Set([1]));
});

test('the chats the sandbox names come first; with less room the most recently used stay', () => {
  const person = (id: number, group: string): Person => ({
    id,
    firstName: 'x',
    languageCode: 'en',
    label: { zh: 'x', en: 'x' },
    group: { zh: group, en: group },
    unread: 0,
    blocked: false,
    started: false,
  });
  const people = [person(1, 'a'), person(2, 'a'), person(3, 'b'), person(4, 'c')];
  expect(firstChats(people, 3, [2, 99, 4, 3, 1])).toEqual([2, 4, 3]);
  expect(columnsThatFit(1_600, true)).toBeLessThan(columnsThatFit(1_600));
  const usedAt = new Map([
    [2, 5],
    [4, 1],
    [3, 9],
  ]);
  expect(keepLastUsed([2, 4, 3], 2, usedAt)).toEqual([2, 3]);
});
