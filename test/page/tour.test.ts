/** The guided tour in a real browser, against the real program as a newcomer starts it. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startProgram, type Program } from '../support/program.js';

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
if (chromiumPath === undefined)
  process.stderr.write('SKIPPED: the tour is not walked in a browser, there is no /usr/bin/chromium\n');

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const owner = 1001;
const officer = 2002;
const duty = 3001;
const leader = 3003;

/** The words of one language on the page's and on the bot's buttons. */
interface Labels {
  readonly start: string;
  readonly language: string;
  readonly understood: string;
  readonly report: readonly RegExp[];
  readonly dispatch: RegExp;
  readonly sign: RegExp;
  readonly contact: RegExp;
  readonly plusDays: readonly string[];
  readonly submit: RegExp;
  readonly measures: string;
  readonly filesDone: RegExp;
  readonly submitNow: RegExp;
  readonly strikeOff: RegExp;
  readonly survey: readonly RegExp[];
  readonly open: RegExp;
  readonly paste: string;
  readonly toggle: RegExp;
  readonly attach: string;
  readonly samplePhoto: string;
  readonly send: string;
  readonly asks: { readonly contact: RegExp; readonly measures: RegExp; readonly evidence: RegExp };
}

const zh: Labels = {
  start: '开始',
  language: '中文',
  understood: '我知道了',
  report: [/没有材料/, /仅委内可见$/, /^下一步/, /确认提交/],
  dispatch: /交办 审批局/,
  sign: /签收$/,
  contact: /首次联系企业/,
  plusDays: ['+5 个工作日', '+1 个工作日'],
  submit: /上报办结/,
  measures: '与环评科会商，补齐内部流转。',
  filesDone: /材料齐了/,
  submitNow: /上报$/,
  strikeOff: /核销$/,
  survey: [/^是$/, /^解决了$/, /很满意$/],
  open: /^打开：/,
  paste: '填入下面的文字',
  toggle: /^导览/,
  attach: '附件',
  samplePhoto: '一张样例照片',
  send: '发送',
  asks: { contact: /算首次联系/, measures: /哪些措施/, evidence: /佐证/ },
};

const en: Labels = {
  start: 'Start',
  language: 'English',
  understood: 'I understand',
  report: [/No files/, /Commission only$/, /^Next/, /📨 Send/],
  // What waited for a person who had not started yet comes before he has chosen a language.
  dispatch: /Dispatch to Approvals Bureau|交办 审批局/,
  sign: /✅ (Sign|签收)$/,
  contact: /First contact/,
  plusDays: ['+5 working days', '+1 working day'],
  submit: /Submit as done/,
  measures: 'The permit section filled the gap in its own papers.',
  filesDone: /That’s all/,
  submitNow: /Submit$/,
  strikeOff: /Checked: strike off/,
  survey: [/^Yes$/, /^Solved$/, /Very satisfied$/],
  open: /^Open: /,
  paste: 'Use the words below',
  toggle: /^Tour/,
  attach: 'Attach',
  samplePhoto: 'A sample photo',
  send: 'Send',
  asks: { contact: /first contact/i, measures: /measures/i, evidence: /evidence/i },
};

describe.skipIf(chromiumPath === undefined)('the guided tour', () => {
  let browser: Browser;
  let folder: string;
  let program: Program;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: [...flags, ...quiet] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tour-'));
    program = await startProgram({ dataDir: join(folder, 'data') });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture('failed');
    await page.context().close();
    await program.end();
    await rm(folder, { recursive: true, force: true });
  });

  const sandboxUrl = (): string => {
    const url = new URL(program.url);
    url.port = String(Number(url.port) + 1);
    return url.href;
  };
  const open = async (options: { locale: string; width: number; height: number }): Promise<void> => {
    const { locale, width, height } = options;
    const context = await browser.newContext({ locale, viewport: { width, height } });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(sandboxUrl());
    await page.locator('.person').first().waitFor();
  };
  const column = (id: number): Locator => page.locator(`.column[data-person="${id}"]`);
  const step = (id: string): Locator => page.locator(`.tour-step[data-step="${id}"]`);
  const showTour = async ({ toggle }: Labels): Promise<void> => {
    const button = page.getByRole('button', { name: toggle });
    // The button and the panel come with the same first answer of the server.
    await button.waitFor();
    if (!(await page.locator('.tour').isVisible())) await button.click();
    await page.locator('.tour').waitFor();
  };
  const done = async (id: string, labels: Labels): Promise<void> => {
    await showTour(labels);
    await page.locator(`.tour-step[data-step="${id}"][data-done="true"]`).waitFor();
  };
  const goTo = async (id: string, labels: Labels): Promise<void> => {
    await showTour(labels);
    await step(id).getByRole('button', { name: labels.open }).click();
  };
  const paste = async (id: string, person: number, labels: Labels): Promise<void> => {
    await showTour(labels);
    await step(id).getByRole('button', { name: labels.paste }).click();
    const field = column(person).getByRole('textbox');
    await expect.poll(() => field.inputValue()).not.toBe('');
    await column(person).getByRole('button', { name: labels.send, exact: true }).click();
  };
  /** The newest button of that name; one that is being pressed already is waited for. */
  const press = async (person: number, name: string | RegExp): Promise<void> => {
    const button = column(person).locator('.messages').getByRole('button', { name }).last();
    await button.click();
    await column(person).locator('[aria-busy=true]').waitFor({ state: 'detached' });
  };
  const reads = (person: number, words: string | RegExp): Promise<void> =>
    column(person).locator('.message', { hasText: words }).last().waitFor();
  const say = async (person: number, words: string, { send }: Labels): Promise<void> => {
    await column(person).getByRole('textbox').fill(words);
    await column(person).getByRole('button', { name: send, exact: true }).click();
  };
  const arrive = async (person: number, labels: Labels): Promise<void> => {
    await column(person)
      .getByRole('button', { name: new RegExp(`^${labels.start}`) })
      .click();
    await press(person, labels.language);
  };
  /** Keeps what the page looks like, for whoever wants to see it. */
  const keepPicture = async (name: string): Promise<void> => {
    await mkdir('.cache/pages', { recursive: true });
    await page.screenshot({ animations: 'disabled', path: `.cache/pages/${name}.png` });
  };

  const walk = async (labels: Labels, name: string): Promise<void> => {
    await goTo('report', labels);
    await arrive(owner, labels);
    await press(owner, labels.understood);
    await paste('report', owner, labels);
    for (const label of labels.report) await press(owner, label);
    await done('report', labels);
    await keepPicture(`${name}-1-report`);

    await goTo('dispatch', labels);
    await arrive(duty, labels);
    await press(duty, labels.dispatch);
    await done('dispatch', labels);

    await goTo('contact', labels);
    await arrive(officer, labels);
    await press(officer, labels.sign);
    await keepPicture(`${name}-2-sign`);
    await press(officer, labels.contact);
    await reads(officer, labels.asks.contact);
    await paste('contact', officer, labels);
    await done('contact', labels);
    await keepPicture(`${name}-3-contact`);

    if (await page.locator('.clock-moves').isHidden()) {
      await page.getByRole('button', { name: labels.toggle }).click();
      await page.locator('.clock-now').click();
    }
    await keepPicture(`${name}-4-clock`);
    for (const name of labels.plusDays) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator('.clock-moves[aria-busy=false]').waitFor();
    }
    await done('clock', labels);
    if ((await page.locator('.clock-now').getAttribute('aria-expanded')) === 'true')
      await page.locator('.clock-now').click();

    await goTo('submit', labels);
    await press(officer, labels.submit);
    await paste('submit', officer, labels);
    await reads(officer, labels.asks.measures);
    await say(officer, labels.measures, labels);
    await reads(officer, labels.asks.evidence);
    await column(officer).getByRole('button', { name: labels.attach }).click();
    await page.getByRole('menuitem', { name: labels.samplePhoto }).click();
    await page.getByRole('dialog').getByRole('button', { name: labels.send }).click();
    await press(officer, labels.filesDone);
    await press(officer, labels.submitNow);
    await done('submit', labels);

    await goTo('close', labels);
    await press(duty, labels.strikeOff);
    await done('close', labels);
    await goTo('survey', labels);
    for (const label of labels.survey) await press(owner, label);
    await done('survey', labels);
    await keepPicture(`${name}-5-survey`);

    await goTo('rank', labels);
    await arrive(leader, labels);
    await paste('rank', leader, labels);
    await done('rank', labels);
    await keepPicture(`${name}-6-rank`);
    expect(await page.locator('.tour-step[data-done="true"]').count()).toBe(8);
  };

  test('walked in Chinese on a desktop, every step is ticked as it happens, and stays ticked after a reload', async () => {
    await open({ locale: 'zh-CN', width: 1600, height: 950 });
    expect(await page.locator('.tour-step').count()).toBe(8);
    expect(await page.locator('.tour-step[data-done="true"]').count()).toBe(0);
    await walk(zh, 'zh');
    await page.reload();
    await done('rank', zh);
    expect(await page.locator('.tour-step[data-done="true"]').count()).toBe(8);
  });

  test('walked in English on a phone, the tour is a sheet that makes way for the chat it leads to', async () => {
    await open({ locale: 'en-GB', width: 390, height: 844 });
    expect(await page.locator('.tour').isVisible()).toBe(false);
    await walk(en, 'en');
  });
});
