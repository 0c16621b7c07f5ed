import type { World } from '../state/world.js';
import type { UpdateContent } from '../wire.js';

export const updateTypes = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
] as const;

const leftOutByDefault = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** Does the bot want this kind of update? An empty list means Telegram's default. */
export const isWanted = (world: World, content: UpdateContent): boolean => {
  const [type = ''] = Object.keys(content);
  return world.allowed.length > 0 ? world.allowed.includes(type) : !leftOutByDefault.has(type);
};
