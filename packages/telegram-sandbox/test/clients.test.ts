import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder, webhookCallback } from 'grammy';
import { Markup, Telegraf } from 'telegraf';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { samplePhoto } from '../src/people/sample-files.js';
import { makeBed, token, type Bed } from './bed.js';

let bed: Bed;
beforeEach(async () => {
  bed = await makeBed();
});
afterEach(() => bed.sandbox.close());

const telegraf = (): Telegraf => new Telegraf(token, { telegram: { apiRoot: bed.sandbox.apiRoot } });
const grammy = (): Bot => new Bot(token, { client: { apiRoot: bed.sandbox.apiRoot } });

test('a telegraf bot says hello, edits on a press, and sends files by upload and by id', async () => {
  const bot = telegraf();
  bot.start((ctx) => ctx.reply('welcome', Markup.inlineKeyboard([Markup.button.callback('Go', 'go:1')])));
  bot.action(/^go:(\d)$/, async (ctx) => {
    await ctx.answerCbQuery(`pressed ${ctx.match[1]}`);
    await ctx.editMessageText('gone');
  });
  bot.on('photo', async (ctx) => {
    const id = ctx.message.photo.at(-1)?.file_id ?? '';
    const bytes = Buffer.from(await (await fetch(await ctx.telegram.getFileLink(id))).arrayBuffer());
    await ctx.replyWithPhoto({ source: bytes }, { caption: `${bytes.length} bytes` });
    await ctx.replyWithMediaGroup([
      { type: 'photo', media: { source: bytes } },
      { type: 'photo', media: id, caption: 'second' },
    ]);
    await ctx.replyWithDocument({ source: Buffer.from('x'), filename: '说明.txt' });
  });
  const running = bot.launch();
  const owner = bed.sandbox.person(1001);
  await owner.start();
  await owner.waitFor('welcome');
  const { answer } = await owner.press('Go');
  expect(answer).toMatchObject({ text: 'pressed 1', showAlert: false });
  await owner.waitFor('gone');
  const photo = samplePhoto(400, 300);
  await owner.photo({ bytes: photo });
  await owner.waitFor(`${photo.length} bytes`);
  const second = await owner.waitFor('second');
  const album = owner.messages().filter(({ mediaGroupId }) => mediaGroupId === second.mediaGroupId);
  expect(album).toHaveLength(2);
  const document = await owner.waitFor((message) => message.document !== undefined);
  expect(document.document?.fileName).toBe('说明.txt');
  bot.stop();
  await running;
});

test('a telegraf bot works behind a webhook', async () => {
  const bot = telegraf();
  bot.on('text', (ctx) => ctx.reply(`heard ${ctx.message.text}`));
  const server = createServer(
    bot.webhookCallback('/hook', { secretToken: 'se-cret' }) as (...args: unknown[]) => void,
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await bot.telegram.setWebhook(url, { secret_token: 'se-cret' });
  await bed.sandbox.person(1001).say('you');
  await bed.sandbox.person(1001).waitFor('heard you');
  expect(await bot.telegram.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0 });
  server.close();
});

test('a grammY bot says hello with a keyboard, a photo and an album', async () => {
  const bot = grammy();
  bot.command('start', (ctx) =>
    ctx.reply('<b>hi</b> there', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Album', 'album'),
    }),
  );
  bot.callbackQuery('album', async (ctx) => {
    const photo = new InputFile(samplePhoto(), 'a.png');
    await ctx.answerCallbackQuery({ text: 'coming', show_alert: true });
    await ctx.replyWithPhoto(photo, { caption: 'one' });
    await ctx.replyWithMediaGroup([
      InputMediaBuilder.photo(photo),
      InputMediaBuilder.photo(photo, { caption: 'two' }),
    ]);
  });
  const running = bot.start();
  const owner = bed.sandbox.person(1002);
  await owner.start('from_link');
  const hello = await owner.waitFor('hi there');
  expect(hello.entities).toEqual([{ type: 'bold', offset: 0, length: 2 }]);
  const { answer } = await owner.press('Album');
  expect(answer).toMatchObject({ text: 'coming', showAlert: true });
  await owner.waitFor('one');
  await owner.waitFor('two');
  await bot.stop();
  await running;
});

test('a grammY bot works behind a webhook', async () => {
  const bot = grammy();
  bot.on('message:text', (ctx) => ctx.reply(`heard ${ctx.message.text}`));
  const handle = webhookCallback(bot, 'http', { secretToken: 's' });
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  await bot.api.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    secret_token: 's',
  });
  await bed.sandbox.person(1002).say('me');
  await bed.sandbox.person(1002).waitFor('heard me');
  server.close();
});
