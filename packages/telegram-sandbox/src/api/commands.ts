import { z } from 'zod';
import { badRequest } from '../errors.js';
import { chatId, json, words } from '../schema/fields.js';
import type { World } from '../state/world.js';
import type { BotCommand } from '../wire.js';
import { findChat } from './chat-lookup.js';
import { method } from './method.js';

const plainScope = <T extends string>(type: T): z.ZodObject<{ type: z.ZodLiteral<T> }, z.core.$strict> =>
  z.strictObject({ type: z.literal(type) });

const scope = z.discriminatedUnion(
  'type',
  [
    plainScope('default'),
    plainScope('all_private_chats'),
    plainScope('all_group_chats'),
    plainScope('all_chat_administrators'),
    z.strictObject({ type: z.literal('chat'), chat_id: chatId }),
    z.strictObject({ type: z.literal('chat_administrators'), chat_id: chatId }),
    z.strictObject({ type: z.literal('chat_member'), chat_id: chatId, user_id: z.int() }),
  ],
  { error: "can't parse BotCommandScope: unsupported type specified" },
);

type Place = { readonly scope?: unknown; readonly language_code?: string | undefined };

const placeFields = { scope: json(scope).optional(), language_code: words.optional() };

const placeKey = (world: World, place: Place): string => {
  const given = (place.scope ?? { type: 'default' }) as {
    readonly type: string;
    readonly chat_id?: number | string;
    readonly user_id?: number;
  };
  const language = place.language_code ?? '';
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  const chat = given.chat_id === undefined ? '' : String(findChat(world, given.chat_id).chat.id);
  return [given.type, chat, String(given.user_id ?? ''), language].join('|');
};

const checkCommand = ({ command, description }: BotCommand): BotCommand => {
  const name = command.replace(/^\//, '');
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.trim() === '') throw badRequest('command description must be non-empty');
  if (description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: name, description };
};

const commandsField = json(z.array(z.strictObject({ command: z.string(), description: z.string() })));

const setMyCommands = method(
  'setMyCommands',
  z.strictObject({ commands: commandsField, ...placeFields }),
  ({ world, params }) => {
    if (params.commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    const key = placeKey(world, params);
    const commands = params.commands.map(checkCommand);
    return {
      result: true,
      changes: [{ kind: 'commands', key, commands: commands.length > 0 ? commands : null }],
    };
  },
);

const deleteMyCommands = method('deleteMyCommands', z.strictObject(placeFields), ({ world, params }) => ({
  result: true,
  changes: [{ kind: 'commands', key: placeKey(world, params), commands: null }],
}));

const getMyCommands = method('getMyCommands', z.strictObject(placeFields), ({ world, params }) => ({
  result: world.commands.get(placeKey(world, params)) ?? [],
}));

/** The list a person sees in a private chat: chat, then all private chats, then default; own language before none. */
export const commandsFor = (world: World, personId: number): readonly BotCommand[] => {
  const language = world.chats.get(personId)?.user?.language_code?.slice(0, 2) ?? '';
  const places = [`chat|${personId}||`, 'all_private_chats|||', 'default|||'];
  for (const place of places) {
    const found = world.commands.get(place + language) ?? world.commands.get(place);
    if (found) return found;
  }
  return [];
};

export const commandMethods = [setMyCommands, deleteMyCommands, getMyCommands];
