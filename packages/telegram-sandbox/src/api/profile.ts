import { z } from 'zod';
import { badRequest } from '../errors.js';
import { chatId, json, whole, words } from '../schema/fields.js';
import type { World } from '../state/world.js';
import { findChat } from './chat-lookup.js';
import { method, nothing, type Method } from './method.js';

const getMe = method('getMe', nothing, ({ world }) => ({
  result: {
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  },
}));

const profileText = ({
  what,
  field,
  limit,
}: {
  what: string;
  field: string;
  limit: number;
}): readonly Method[] => [
  method(
    `setMy${what}`,
    z.strictObject({ [field]: words.optional(), language_code: words.optional() }),
    ({ params }) => {
      const given = params as Readonly<Record<string, string | undefined>>;
      const text = given[field] ?? '';
      if (text.length > limit) throw badRequest(`${field.replaceAll('_', ' ')} is too long`);
      const key = `${field}|${given['language_code'] ?? ''}`;
      return { result: true, changes: [{ kind: 'profile', key, value: text === '' ? null : text }] };
    },
  ),
  method(`getMy${what}`, z.strictObject({ language_code: words.optional() }), ({ world, params }) => ({
    result: {
      [field]:
        world.profile.get(`${field}|${params.language_code ?? ''}`) ?? world.profile.get(`${field}|`) ?? '',
    },
  })),
];

const menuButton = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('commands') }),
    z.strictObject({ type: z.literal('default') }),
    z.strictObject({
      type: z.literal('web_app'),
      text: z.string().min(1),
      web_app: z.strictObject({
        url: z
          .string()
          .startsWith('https://', 'menu button Web App URL is invalid: Only HTTPS links are allowed'),
      }),
    }),
  ],
  { error: "can't parse menu button: unsupported type specified" },
);

const setChatMenuButton = method(
  'setChatMenuButton',
  z.strictObject({ chat_id: chatId.optional(), menu_button: json(menuButton).optional() }),
  ({ world, params }) => {
    const id = params.chat_id === undefined ? undefined : findChat(world, params.chat_id).chat.id;
    const change = {
      kind: 'profile' as const,
      key: `menu|${id ?? ''}`,
      value: params.menu_button ?? { type: 'default' },
    };
    return { result: true, changes: [change], ...(id === undefined ? {} : { chatId: id }) };
  },
);

/** The menu button a person sees: his own, else the bot's default. */
export const menuButtonFor = (world: World, id: number | undefined): unknown => {
  const own = id === undefined ? undefined : world.profile.get(`menu|${id}`);
  return own ?? world.profile.get('menu|') ?? { type: 'commands' };
};

const getChatMenuButton = method(
  'getChatMenuButton',
  z.strictObject({ chat_id: chatId.optional() }),
  ({ world, params }) => ({
    result: menuButtonFor(
      world,
      params.chat_id === undefined ? undefined : findChat(world, params.chat_id).chat.id,
    ),
  }),
);

const getUserProfilePhotos = method(
  'getUserProfilePhotos',
  z.strictObject({ user_id: whole, offset: whole.optional(), limit: whole.optional() }),
  ({ world, params }) => {
    if (!world.chats.get(params.user_id)?.user) throw badRequest('user not found');
    return { result: { total_count: 0, photos: [] } };
  },
);

export const profileMethods: readonly Method[] = [
  getMe,
  ...profileText({ what: 'Name', field: 'name', limit: 64 }),
  ...profileText({ what: 'Description', field: 'description', limit: 512 }),
  ...profileText({ what: 'ShortDescription', field: 'short_description', limit: 120 }),
  setChatMenuButton,
  getChatMenuButton,
  getUserProfilePhotos,
];
