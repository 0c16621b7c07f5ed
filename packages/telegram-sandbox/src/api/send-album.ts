import { z } from 'zod';
import { sendFields } from '../schema/content.js';
import { albumField, checkAlbum } from '../schema/input-media.js';
import type { Change } from '../state/change.js';
import type { Message } from '../wire.js';
import { findRecipient } from './chat-lookup.js';
import { takeMedia } from './media.js';
import { method } from './method.js';
import { findReplied, newMessage, refuseThread } from './new-message.js';
import { captionContent } from './send-media.js';

/** An album's number: Telegram's are long strings of digits that only mean "together". */
export const newAlbumId = (now: number, firstMessageId: number): string => `${now}${firstMessageId}`;

const sendMediaGroup = method(
  'sendMediaGroup',
  z.strictObject({ media: albumField, ...sendFields }),
  ({ world, params, uploads, now }) => {
    checkAlbum(params.media);
    const state = findRecipient(world, params.chat_id);
    refuseThread(params);
    const replyTo = findReplied(state, params);
    const mediaGroupId = newAlbumId(now, world.nextMessageId);
    const wires: Message[] = [];
    const changes: Change[] = [];
    for (const [index, item] of params.media.entries()) {
      const media = takeMedia({ world, kind: item.type, value: item.media, uploads });
      const caption = captionContent({
        text: item.caption,
        parseMode: item.parse_mode,
        entities: item.caption_entities,
      });
      const content = { media_group_id: mediaGroupId, ...media.field, ...caption };
      const made = newMessage({
        world,
        state,
        now,
        content,
        replyTo,
        isProtected: params.protect_content,
        index,
      });
      wires.push(made.wire);
      changes.push(...media.changes, ...made.changes);
    }
    return {
      result: wires,
      changes,
      chatId: state.chat.id,
      messageId: world.nextMessageId,
      cost: wires.length,
    };
  },
);

export const albumMethods = [sendMediaGroup];
