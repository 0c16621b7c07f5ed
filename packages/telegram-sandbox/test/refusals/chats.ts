import type { Refusal } from './row.js';

type Body = Record<string, unknown>;

const row = (method: string, name: string, bad: Body, good: Body, says: string, code = 400): Refusal => ({
  method,
  name,
  bad: () => bad,
  good: () => good,
  says,
  code,
});

const send = (name: string, bad: unknown, says: string, code = 400): Refusal =>
  row('sendMessage', name, { chat_id: bad, text: 'x' }, { chat_id: '1001', text: 'x' }, says, code);

const bad = (method: string, name: string, wrong: Body, right: Body, says: string): Refusal =>
  row(method, name, wrong, right, `Bad Request: ${says}`);

const commands = (list: unknown, more: Body = {}): Body => ({ commands: list, ...more });
const help = { command: 'help', description: 'Help' };
const manyCommands = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ command: `c${index}`, description: 'd' }));

export const chatRefusals: readonly Refusal[] = [
  send('a missing chat', undefined, 'Bad Request: chat_id is empty'),
  send('an empty chat', '', 'Bad Request: chat_id is empty'),
  send('a chat nobody has', 424_242, 'Bad Request: chat not found'),
  send('a chat that is no number', 'somewhere', 'Bad Request: chat not found'),
  send('a name nobody has', '@nobody_here', 'Bad Request: chat not found'),
  send('a person who never started', 1003, "Forbidden: bot can't initiate conversation with a user", 403),
  send('a group that became a supergroup', -5, 'Bad Request: group chat was upgraded to a supergroup chat'),
  bad(
    'sendChatAction',
    'an unknown action',
    { chat_id: 1001, action: 'sleeping' },
    { chat_id: 1001, action: 'typing' },
    'wrong parameter action in request',
  ),
  bad('getChat', 'a chat nobody has', { chat_id: 5 }, { chat_id: 1001 }, 'chat not found'),
  bad(
    'getChatMember',
    'somebody who is not there',
    { chat_id: 1001, user_id: 1002 },
    { chat_id: 1001, user_id: 1001 },
    'PARTICIPANT_ID_INVALID',
  ),
  {
    method: 'answerCallbackQuery',
    name: '201 characters',
    bad: ({ query }) => ({ callback_query_id: query, text: 'x'.repeat(201) }),
    good: ({ query }) => ({ callback_query_id: query, text: 'x'.repeat(200) }),
    says: 'Bad Request: MESSAGE_TOO_LONG',
  },
  bad(
    'setMyCommands',
    'an upper-case name',
    commands([{ command: 'Help', description: 'd' }]),
    commands([help]),
    'BOT_COMMAND_INVALID',
  ),
  bad(
    'setMyCommands',
    'a name of 33',
    commands([{ command: 'x'.repeat(33), description: 'd' }]),
    commands([{ command: 'x'.repeat(32), description: 'd' }]),
    'BOT_COMMAND_INVALID',
  ),
  bad(
    'setMyCommands',
    '101 commands',
    commands(manyCommands(101)),
    commands(manyCommands(100)),
    'BOT_COMMANDS_TOO_MUCH',
  ),
  bad(
    'setMyCommands',
    'an empty description',
    commands([{ ...help, description: ' ' }]),
    commands([help]),
    'command description must be non-empty',
  ),
  bad(
    'setMyCommands',
    'a description of 257',
    commands([{ ...help, description: 'x'.repeat(257) }]),
    commands([{ ...help, description: 'x'.repeat(256) }]),
    'BOT_COMMAND_DESCRIPTION_INVALID',
  ),
  bad(
    'setMyCommands',
    'an unknown scope',
    commands([help], { scope: { type: 'everyone' } }),
    commands([help], { scope: { type: 'all_private_chats' } }),
    "can't parse BotCommandScope: unsupported type specified",
  ),
  bad(
    'setMyCommands',
    'a language of three letters',
    commands([help], { language_code: 'zho' }),
    commands([help], { language_code: 'zh' }),
    'invalid language code specified',
  ),
  bad('setMyCommands', 'no commands at all', {}, commands([]), 'can\'t find field "commands"'),
  bad(
    'deleteMyCommands',
    'a chat nobody has',
    { scope: { type: 'chat', chat_id: 5 } },
    { scope: { type: 'chat', chat_id: 1001 } },
    'chat not found',
  ),
  bad(
    'setChatMenuButton',
    'an unknown kind',
    { menu_button: { type: 'games' } },
    { menu_button: { type: 'commands' } },
    "can't parse menu button: unsupported type specified",
  ),
  bad(
    'setChatMenuButton',
    'a web app without TLS',
    { menu_button: { type: 'web_app', text: 'x', web_app: { url: 'http://a.b' } } },
    { menu_button: { type: 'web_app', text: 'x', web_app: { url: 'https://a.b' } } },
    'menu button Web App URL is invalid: Only HTTPS links are allowed',
  ),
  bad(
    'setMyDescription',
    '513 characters',
    { description: 'x'.repeat(513) },
    { description: 'x'.repeat(512) },
    'description is too long',
  ),
  bad(
    'setMyShortDescription',
    '121 characters',
    { short_description: 'x'.repeat(121) },
    { short_description: 'x'.repeat(120) },
    'short description is too long',
  ),
  bad(
    'setWebhook',
    'no address of the web',
    { url: 'ftp://example.org' },
    { url: '' },
    'bad webhook: An HTTPS URL must be provided for webhook',
  ),
  bad(
    'setWebhook',
    'a secret with a space',
    { url: '', secret_token: 'a b' },
    { url: '', secret_token: 'a-b_C1' },
    'secret token contains unallowed characters',
  ),
  bad(
    'setWebhook',
    'a secret of 257',
    { url: '', secret_token: 'x'.repeat(257) },
    { url: '', secret_token: 'x'.repeat(256) },
    'secret token is too long',
  ),
  bad(
    'setWebhook',
    '101 connections',
    { url: '', max_connections: 101 },
    { url: '', max_connections: 100 },
    'max_connections must be between 1 and 100',
  ),
  bad(
    'setWebhook',
    'an unknown kind of update',
    { url: '', allowed_updates: ['thought'] },
    { url: '', allowed_updates: ['message', 'callback_query'] },
    'unknown update type in allowed_updates',
  ),
  bad('getMe', 'a parameter', { verbose: true }, {}, 'unknown parameter "verbose" specified'),
];
