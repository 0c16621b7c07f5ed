import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../src/index.js';
import { makeBed, type Bed } from '../bed.js';

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
if (chromiumPath === undefined) {
  process.stderr.write('SKIPPED: the chat page is not tried in a browser, there is no /usr/bin/chromium\n');
}
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const player = (id: number, zh: string, en: string, group: string): SandboxPerson => ({
  id,
  firstName: `P${id}`,
  languageCode: 'zh-hans',
  label: { zh, en },
  group: { zh: group, en: group },
});
const people = [
  player(1001, '企业主一', 'Owner 1', 'Enterprise'),
  player(1002, '企业主二', 'Owner 2', 'Enterprise'),
  player(2002, '承办人', 'Officer', 'Bureau'),
  player(3001, '值班受理员', 'Duty officer', 'Commission'),
];

// Runs in the page, where the types of this test do not reach.
const goToEnd = `async (element, up) => {
  const bubbles = () => [...element.querySelectorAll('.message')];
  element.scrollTop = up ? 100 : element.scrollHeight - element.clientHeight - 100;
  const frame = element.getBoundingClientRect();
  const inSight = bubbles().find((one) => one.getBoundingClientRect().top > frame.top);
  const top = inSight.getBoundingClientRect().top;
  const edge = () => bubbles().at(up ? 0 : -1)?.dataset.message;
  const before = edge();
  await new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (edge() === before) return;
      observer.disconnect();
      requestAnimationFrame(done);
    });
    observer.observe(element, { childList: true, subtree: true });
  });
  return Math.abs(inSight.getBoundingClientRect().top - top);
}`;

describe.skipIf(chromiumPath === undefined)('the chat page', () => {
  let browser: Browser;
  let bed: Bed;
  let page: Page;

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL('../../build-web.mjs', import.meta.url)),
    ]);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: [...flags, ...quiet] });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.context().close();
    await bed.sandbox.close();
  });

  const open = async (options: { locale: string; width: number; height: number }): Promise<void> => {
    bed = await makeBed({ people, title: 'Rehearsal' });
    await bed.call('setMyCommands', { commands: [{ command: 'report', description: 'Report something' }] });
    const { locale, width, height } = options;
    const context = await browser.newContext({ locale, viewport: { width, height } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(bed.sandbox.url);
    await page.locator('.person').first().waitFor();
  };
  const column = (id: number): Locator => page.locator(`.column[data-person="${id}"]`);
  const say = (chat_id: number, text: string, more: Record<string, unknown> = {}) =>
    bed.call('sendMessage', { chat_id, text, ...more });

  test('three people are played side by side: what one sends and gets stays in his own chat, live', async () => {
    await open({ locale: 'zh-CN', width: 1440, height: 900 });
    expect(await page.locator('.column').count()).toBe(3);
    await column(1001).getByRole('button', { name: '开始' }).click();
    await bed.sandbox.person(3001).start();

    await say(1001, '<b>欢迎</b> <i>x</i>', { parse_mode: 'HTML' });
    await column(1001).locator('b', { hasText: '欢迎' }).waitFor();
    expect(await column(3001).getByText('欢迎').count()).toBe(0);

    await column(1001).getByRole('textbox').fill('第一行');
    await column(1001).getByRole('textbox').press('Shift+Enter');
    await column(1001).getByRole('textbox').pressSequentially('第二行');
    await column(1001).getByRole('textbox').press('Enter');
    await column(1001).locator('[data-from=person]', { hasText: '第二行' }).waitFor();
    expect(bed.sandbox.person(1001).last()?.text).toBe('第一行\n第二行');
  });

  test('a press waits for the bot, its answer is shown as a notice or as an alert, and the edit replaces the card', async () => {
    await open({ locale: 'en-GB', width: 1440, height: 900 });
    await bed.sandbox.person(1001).start();
    const inline_keyboard = [[{ text: 'Send', callback_data: 'send' }]];
    const sent = await say(1001, 'Review', { reply_markup: { inline_keyboard } });
    const { message_id } = sent.result as { message_id: number };
    const button = column(1001).getByRole('button', { name: 'Send', exact: true });

    const queries = (): readonly { readonly id: string }[] =>
      bed.sandbox
        .pendingUpdates()
        .flatMap((update) => ('callback_query' in update ? [update.callback_query as { id: string }] : []));
    const answerPress = async (more: Record<string, unknown>): Promise<void> => {
      const before = queries().length;
      await button.click();
      await column(1001).locator('[aria-busy=true]').waitFor();
      await expect.poll(() => queries().length).toBe(before + 1);
      await bed.call('answerCallbackQuery', { callback_query_id: queries().at(-1)?.id, ...more });
    };
    await answerPress({ text: 'Noted' });
    await column(1001).locator('.notice', { hasText: 'Noted' }).waitFor();
    await answerPress({ text: 'Number 7', show_alert: true });
    await page.getByRole('alertdialog').getByText('Number 7').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });

    await bed.call('editMessageText', { chat_id: 1001, message_id, text: 'Receipt' });
    await column(1001).getByText('Receipt').waitFor();
    expect(await column(1001).getByText('Review').count()).toBe(0);
    await column(1001).getByText('edited').waitFor();
  });

  test('ready-made photo, document, voice and a location reach the bot as what they are', async () => {
    await open({ locale: 'en-GB', width: 1440, height: 900 });
    await bed.sandbox.person(1001).start();
    const attach = async (name: string): Promise<void> => {
      await column(1001).getByRole('button', { name: 'Attach' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const confirm = (): Promise<void> =>
      page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();

    await attach('A sample photo');
    await page.getByRole('dialog').getByLabel('Caption').fill('The yard');
    await confirm();
    await column(1001).getByRole('button', { name: 'View the photo: The yard' }).waitFor();
    await attach('A sample document');
    await confirm();
    await column(1001)
      .getByRole('link', { name: /^Download/ })
      .waitFor();
    await attach('A sample voice message');
    await column(1001).getByRole('button', { name: 'Play: Voice message' }).waitFor();
    await attach('Location…');
    await confirm();
    await column(1001)
      .getByRole('img', { name: /^Location 30\.89/ })
      .waitFor();

    const [photo, document, voice, place] = bed.sandbox.person(1001).messages().slice(-4);
    expect(photo).toMatchObject({ caption: 'The yard', photo: { width: 960, height: 640 } });
    expect(document?.document?.mimeType).toBe('text/plain');
    expect(voice?.voice).toMatchObject({ mimeType: 'audio/ogg', duration: 3 });
    expect(place?.location).toMatchObject({ latitude: 30.8942 });
  });

  test('a chat that is not shown counts its unread messages, and being opened takes them away', async () => {
    await open({ locale: 'en-GB', width: 1440, height: 900 });
    await bed.sandbox.person(1002).start();
    await say(1002, 'one');
    await say(1002, 'two');
    await page.getByRole('button', { name: /Owner 2.*2 unread/ }).click();
    await column(1002).getByText('two').waitFor();
    await page.getByRole('button', { name: /Owner 2(?!.*unread)/ }).waitFor();
    await expect
      .poll(async () => (await bed.control('/state')).body)
      .toMatchObject({ people: [{}, { id: 1002, unread: 0 }, {}, {}] });
  });

  test('blocking closes the field and the way back opens it; the bot hears 403 in between', async () => {
    await open({ locale: 'en-GB', width: 1440, height: 900 });
    await bed.sandbox.person(1001).start();
    await column(1001).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Block the bot' }).click();
    await column(1001).getByText('has blocked the bot').waitFor();
    expect(await column(1001).getByRole('textbox').count()).toBe(0);
    expect(await say(1001, 'x')).toMatchObject({ error_code: 403 });
    await column(1001).getByRole('button', { name: 'Unblock' }).click();
    await column(1001).getByRole('textbox').waitFor();
  });

  test('on a phone one chat stands alone, commands come from the menu, and the language changes without a reload', async () => {
    await open({ locale: 'en-GB', width: 390, height: 844 });
    await page.getByRole('button', { name: /Owner 1/ }).click();
    await column(1001)
      .getByRole('button', { name: /^Start/ })
      .click();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await column(1001).getByRole('button', { name: 'Commands' }).click();
    await column(1001).getByRole('option', { name: '/report Report something' }).click();
    await column(1001).locator('[data-from=person]', { hasText: '/report' }).waitFor();
    await column(1001).getByRole('button', { name: 'Back to the people' }).click();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: /企业主一/ }).waitFor();
  });

  test('a long history is read back through a window: few bubbles, and what is on the screen stays where it is', async () => {
    await open({ locale: 'en-GB', width: 1440, height: 900 });
    await bed.sandbox.person(1001).start();
    for (let at = 1; at <= 400; at += 1)
      await say(1001, `Message ${at} ${'with more words '.repeat(at % 7)}`);
    await column(1001).getByText('Message 400').waitFor();
    const inChat = `document.querySelector('.column[data-person="1001"] .messages')`;
    const numbers = (): Promise<readonly number[]> =>
      page.evaluate(`[...${inChat}.querySelectorAll('.message')].map((one) => Number(one.dataset.message))`);
    /** Goes to one end of what is loaded; tells how far (px) a bubble in sight moved while the next page came. */
    const goOn = (way: 'up' | 'down'): Promise<number> =>
      page.evaluate(`(${goToEnd})(${inChat}, ${way === 'up'})`);

    while (((await numbers())[0] ?? 0) > 40) expect(await goOn('up')).toBeLessThan(2);
    expect((await numbers()).length).toBeLessThanOrEqual(200);
    expect(Math.max(...(await numbers()))).toBeLessThan(300);
    for (let page_ = 0; page_ < 4; page_ += 1) expect(await goOn('down')).toBeLessThan(2);
    await say(1001, 'The newest of all');
    await column(1001).getByRole('button', { name: 'To the newest message' }).click();
    await column(1001).getByText('The newest of all').waitFor();
  });
});
