import type { Prepared, Refusal } from './row.js';

let version = 0;
const fresh = (): string => `version ${(version += 1)}`;
const in1001 = (message_id: number, more: Record<string, unknown> = {}) => ({
  chat_id: 1001,
  message_id,
  ...more,
});

const row = (
  method: string,
  name: string,
  bad: Refusal['bad'],
  good: Refusal['good'],
  says: string,
): Refusal => ({ method, name, bad, good, says: `Bad Request: ${says}` });

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

const keyboard = { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] };

export const editRefusals: readonly Refusal[] = [
  row(
    'editMessageText',
    'the same text and keyboard again',
    ({ text }) => in1001(text, { text: 'plain', reply_markup: keyboard }),
    ({ text }) => in1001(text, { text: 'plain' }),
    notModified,
  ),
  row(
    'editMessageText',
    'the same text after trimming',
    ({ text }) => in1001(text, { text: '  plain\n' }),
    ({ text }) => in1001(text, { text: fresh() }),
    notModified,
  ),
  row(
    'editMessageText',
    'a message that is not there',
    () => in1001(999_999, { text: 'x' }),
    ({ text }) => in1001(text, { text: fresh() }),
    'message to edit not found',
  ),
  row(
    'editMessageText',
    "a person's message",
    ({ ownMessage }) => in1001(ownMessage, { text: 'x' }),
    ({ text }) => in1001(text, { text: fresh() }),
    "message can't be edited",
  ),
  row(
    'editMessageText',
    'a photo',
    ({ photo }) => in1001(photo, { text: 'x' }),
    ({ text }) => in1001(text, { text: fresh() }),
    'there is no text in the message to edit',
  ),
  row(
    'editMessageText',
    'an empty text',
    ({ text }) => in1001(text, { text: '' }),
    ({ text }) => in1001(text, { text: fresh() }),
    'message text is empty',
  ),
  row(
    'editMessageText',
    '4097 units',
    ({ text }) => in1001(text, { text: 'x'.repeat(4097) }),
    ({ text }) => in1001(text, { text: 'x'.repeat(4096) }),
    'message is too long',
  ),
  row(
    'editMessageText',
    'a missing message number',
    () => ({ chat_id: 1001, text: 'x' }),
    ({ text }) => in1001(text, { text: fresh() }),
    'message identifier is not specified',
  ),
  row(
    'editMessageText',
    'a reply keyboard',
    ({ text }) => in1001(text, { text: 'x', reply_markup: { keyboard: [['a']] } }),
    ({ text }) => in1001(text, { text: fresh(), reply_markup: keyboard }),
    'inline keyboard expected',
  ),
  row(
    'editMessageCaption',
    'a text message',
    ({ text }) => in1001(text, { caption: 'x' }),
    ({ photo }) => in1001(photo, { caption: fresh() }),
    'there is no caption in the message to edit',
  ),
  row(
    'editMessageCaption',
    '1025 units',
    ({ photo }) => in1001(photo, { caption: 'x'.repeat(1025) }),
    ({ photo }) => in1001(photo, { caption: 'x'.repeat(1024) }),
    'message caption is too long',
  ),
  row(
    'editMessageReplyMarkup',
    'the same keyboard',
    ({ document }) => in1001(document),
    ({ document }) => in1001(document, { reply_markup: keyboard }),
    notModified,
  ),
  row(
    'editMessageMedia',
    'a file of another kind',
    ({ photo, documentFile }) => in1001(photo, { media: { type: 'photo', media: documentFile } }),
    ({ photo, documentFile }) => in1001(photo, { media: { type: 'document', media: documentFile } }),
    "can't use file of type Document as Photo",
  ),
  row(
    'editMessageMedia',
    'an unknown kind',
    ({ document }) => in1001(document, { media: { type: 'sticker', media: 'x' } }),
    ({ document, photoFile }) => in1001(document, { media: { type: 'photo', media: photoFile } }),
    "can't parse InputMedia: type must be photo, video, document or audio",
  ),
  row(
    'editMessageMedia',
    'a location',
    ({ location, documentFile }) => in1001(location, { media: { type: 'document', media: documentFile } }),
    ({ spare, documentFile }) => in1001(spare, { media: { type: 'document', media: documentFile } }),
    "message can't be edited",
  ),
  row(
    'deleteMessage',
    'a message that is not there',
    () => in1001(999_999),
    ({ location }) => in1001(location),
    'message to delete not found',
  ),
  row(
    'deleteMessages',
    'no numbers',
    () => ({ chat_id: 1001, message_ids: [] }),
    () => ({ chat_id: 1001, message_ids: [999_998] }),
    'message identifiers are not specified',
  ),
  row(
    'deleteMessages',
    '101 numbers',
    () => ({ chat_id: 1001, message_ids: Array.from({ length: 101 }, (_, index) => 5000 + index) }),
    () => ({ chat_id: 1001, message_ids: [5000] }),
    'too many message identifiers specified',
  ),
  row(
    'setMessageReaction',
    'an emoji that is no reaction',
    ({ ownMessage }) => in1001(ownMessage, { reaction: [{ type: 'emoji', emoji: '🧾' }] }),
    ({ ownMessage }) => in1001(ownMessage, { reaction: [{ type: 'emoji', emoji: '👍' }] }),
    'REACTION_INVALID',
  ),
  row(
    'setMessageReaction',
    'a message that is not there',
    () => in1001(999_999, { reaction: [] }),
    ({ ownMessage }) => in1001(ownMessage, { reaction: [] }),
    'message to react not found',
  ),
  row(
    'pinChatMessage',
    'a message that is not there',
    () => in1001(999_999),
    ({ ownMessage }) => in1001(ownMessage),
    'message to pin not found',
  ),
  row(
    'unpinChatMessage',
    'a message that is not pinned',
    ({ protectedText }) => in1001(protectedText),
    ({ ownMessage }) => in1001(ownMessage),
    'message to unpin not found',
  ),
  row(
    'copyMessage',
    'a message that is not there',
    () => in1001(999_999, { from_chat_id: 1001 }),
    ({ ownMessage }: Prepared) => ({ chat_id: 1002, from_chat_id: 1001, message_id: ownMessage }),
    'message to copy not found',
  ),
  row(
    'copyMessage',
    'protected content',
    ({ protectedText }) => in1001(protectedText, { from_chat_id: 1001 }),
    ({ photo }) => in1001(photo, { from_chat_id: 1001, caption: 'again' }),
    "message can't be copied",
  ),
  row(
    'forwardMessage',
    'a message that is not there',
    () => in1001(999_999, { from_chat_id: 1001 }),
    ({ ownMessage }) => in1001(ownMessage, { from_chat_id: 1001 }),
    'message to forward not found',
  ),
  row(
    'copyMessages',
    'numbers out of order',
    ({ ownMessage, photo }) => ({ chat_id: 1002, from_chat_id: 1001, message_ids: [ownMessage, photo] }),
    ({ ownMessage, photo }) => ({ chat_id: 1002, from_chat_id: 1001, message_ids: [photo, ownMessage] }),
    'message identifiers must be in a strictly increasing order',
  ),
  row(
    'editMessageText',
    'a message sent with a reply keyboard',
    ({ keyed }) => in1001(keyed, { text: 'x' }),
    ({ text }) => in1001(text, { text: fresh() }),
    "message can't be edited",
  ),
];
