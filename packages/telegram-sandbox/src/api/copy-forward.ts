import { z } from 'zod';
import { badRequest } from '../errors.js';
import { captionFields, replyMarkupFields, sendFields } from '../schema/content.js';
import { chatId, flag, json, messageId } from '../schema/fields.js';
import { readMarkup } from '../schema/markup.js';
import type { ChatState, World } from '../state/world.js';
import type { Message, ReplyMarkup } from '../wire.js';
import { findChat, findMessage, findRecipient } from './chat-lookup.js';
import { method, type Outcome } from './method.js';
import { findReplied, newMessage, type MessageContent } from './new-message.js';
import { captionContent } from './send-media.js';

const sourceFields = { from_chat_id: chatId, message_id: messageId };
const batch = json(z.array(z.int(), { error: 'message identifiers are not specified' }));

const contentOf = (wire: Message): MessageContent => {
  const {
    message_id: _id,
    chat: _chat,
    date: _date,
    from: _from,
    edit_date: _edited,
    reply_markup: _markup,
    ...rest
  } = wire;
  return { ...rest, reply_to_message: undefined, has_protected_content: undefined } as MessageContent;
};

const sourceMessage = (from: ChatState, id: number, verb: 'copy' | 'forward'): Message => {
  const stored = findMessage(from, id);
  if (!stored) throw badRequest(`message to ${verb} not found`);
  if (stored.wire.has_protected_content)
    throw badRequest(`message can't be ${verb === 'copy' ? 'copied' : 'forwarded'}`);
  return stored.wire;
};

const forwardOrigin = (wire: Message): unknown =>
  wire.forward_origin ?? { type: 'user', sender_user: wire.from, date: wire.date };

type Copies = {
  readonly world: World;
  readonly to: ChatState;
  readonly contents: readonly MessageContent[];
  readonly now: number;
  readonly isProtected?: boolean | undefined;
  readonly markup?: ReplyMarkup | undefined;
  readonly replyTo?: Message | undefined;
};

const makeCopies = ({
  contents,
  to,
  ...rest
}: Copies): { wires: readonly Message[]; outcome: Omit<Outcome, 'result'> } => {
  const made = contents.map((content, index) => newMessage({ ...rest, state: to, content, index }));
  const wires = made.map(({ wire }) => wire);
  const changes = made.flatMap((one) => one.changes);
  return {
    wires,
    outcome: { changes, chatId: to.chat.id, messageId: rest.world.nextMessageId, cost: wires.length },
  };
};

const copyMessage = method(
  'copyMessage',
  z.strictObject({ ...sourceFields, ...sendFields, ...captionFields, ...replyMarkupFields }),
  ({ world, params, now }) => {
    const markup = readMarkup(params.reply_markup);
    const to = findRecipient(world, params.chat_id);
    const source = sourceMessage(findChat(world, params.from_chat_id), params.message_id, 'copy');
    const { caption: text, parse_mode: parseMode, caption_entities: entities } = params;
    const isCaptioned = text !== undefined && source.text === undefined;
    const bare = { ...contentOf(source), forward_origin: undefined, media_group_id: undefined };
    const captioned = {
      ...bare,
      caption: undefined,
      caption_entities: undefined,
      ...captionContent({ text, parseMode, entities }),
    };
    const content = isCaptioned ? captioned : bare;
    const replyTo = findReplied(to, params);
    const copies = makeCopies({
      world,
      to,
      contents: [content],
      now,
      isProtected: params.protect_content,
      markup,
      replyTo,
    });
    return { result: { message_id: copies.wires[0]?.message_id }, ...copies.outcome };
  },
);

const plainSend = {
  chat_id: chatId,
  from_chat_id: chatId,
  message_thread_id: z.undefined().optional(),
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
};

const forwardMessage = method(
  'forwardMessage',
  z.strictObject({ ...plainSend, message_id: messageId }),
  ({ world, params, now }) => {
    const to = findRecipient(world, params.chat_id);
    const source = sourceMessage(findChat(world, params.from_chat_id), params.message_id, 'forward');
    const content = {
      ...contentOf(source),
      media_group_id: undefined,
      forward_origin: forwardOrigin(source),
    };
    const copies = makeCopies({ world, to, contents: [content], now, isProtected: params.protect_content });
    return { result: copies.wires[0], ...copies.outcome };
  },
);

const checkBatch = (ids: readonly number[]): void => {
  if (ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > 100) throw badRequest('too many message identifiers specified');
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) {
    throw badRequest('message identifiers must be in a strictly increasing order');
  }
};

const copyMany = (name: string, verb: 'copy' | 'forward'): ReturnType<typeof method> =>
  method(
    name,
    z.strictObject({
      ...plainSend,
      message_ids: batch,
      ...(verb === 'copy' ? { remove_caption: flag.optional() } : {}),
    }),
    ({ world, params, now }) => {
      checkBatch(params.message_ids);
      const to = findRecipient(world, params.chat_id);
      const from = findChat(world, params.from_chat_id);
      // Messages that are gone or protected are skipped, as Telegram does in batches.
      const sources = params.message_ids.flatMap((id) => {
        const stored = findMessage(from, id);
        return stored && !stored.wire.has_protected_content ? [stored.wire] : [];
      });
      if (sources.length === 0) throw badRequest(`there are no messages to ${verb}`);
      const contents = sources.map((wire) => ({
        ...contentOf(wire),
        forward_origin: verb === 'forward' ? forwardOrigin(wire) : undefined,
      }));
      const copies = makeCopies({ world, to, contents, now, isProtected: params.protect_content });
      return { result: copies.wires.map(({ message_id }) => ({ message_id })), ...copies.outcome };
    },
  );

export const copyMethods = [
  copyMessage,
  forwardMessage,
  copyMany('copyMessages', 'copy'),
  copyMany('forwardMessages', 'forward'),
];
