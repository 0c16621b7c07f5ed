// Measures the page in a headless Chromium: 500 people, one chat of 10,000 messages. Needs /usr/bin/chromium and a build.
import { chromium } from 'playwright-core';
import { startSandbox } from '../dist/index.js';

const people = Array.from({ length: 500 }, (_, at) => ({
  id: 1001 + at,
  firstName: `Person ${at + 1}`,
  languageCode: 'en',
  label: { zh: `人物 ${at + 1}`, en: `Person ${at + 1}` },
  group: { zh: `组 ${at % 10}`, en: `Group ${at % 10}` },
}));
const token = '7000:bench';
const messages = 10_000;

const sandbox = await startSandbox({
  port: 0,
  token,
  people,
  limits: 'off',
  title: 'Bench',
  opens: [1001, 1002, 1003],
});
await sandbox.person(1001).start();
const send = (text, chat_id = 1001) =>
  fetch(`${sandbox.apiRoot}/bot${token}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      chat_id,
      text,
      reply_markup: { inline_keyboard: [[{ text: 'Sign', callback_data: 'sign' }]] },
    }),
  });
for (let at = 0; at < messages; at += 100)
  await Promise.all(
    Array.from({ length: 100 }, (_, more) =>
      send(`Message ${at + more}. ${'Some more words. '.repeat((at + more) % 9)}`),
    ),
  );

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(sandbox.url);
await page.locator('.column[data-person="1001"] .message').first().waitFor();

// Processor time of the page's thread, which other work on the machine does not lengthen.
const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
const busySeconds = async () => {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
};
const busyBefore = await busySeconds();

// A scroll step: from the move to the second frame after it, so drawing and layout are in it.
const scrolled = await page.evaluate(async () => {
  const box = document.querySelector('.column[data-person="1001"] .messages');
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const longTasks = [];
  new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({
    entryTypes: ['longtask'],
  });
  const steps = [];
  let most = 0;
  for (const by of [...Array(300).fill(-500), ...Array(150).fill(500)]) {
    const from = performance.now();
    box.scrollTop += by;
    await frames();
    steps.push(performance.now() - from);
    most = Math.max(most, box.querySelectorAll('.message').length);
  }
  await frames();
  return { steps, longTasks, most };
});

const busyPerStep = (((await busySeconds()) - busyBefore) * 1000) / scrolled.steps.length;

// Receiving: from the event's arrival in the page to the frame that shows the message.
await page.locator('.column[data-person="1001"] .to-newest').click();
await page.waitForFunction(() => !document.querySelector('.column[data-person="1001"] .to-newest'));
await page.evaluate(() => {
  window.received = [];
  const source = new EventSource('/sandbox/events');
  source.addEventListener('message', (event) => {
    const { message } = JSON.parse(event.data);
    const from = performance.now();
    const look = () => {
      if (!document.querySelector(`[data-message="${message.messageId}"]`))
        return requestAnimationFrame(look);
      window.received.push(performance.now() - from);
    };
    look();
  });
  return new Promise((done) => source.addEventListener('open', done));
});
const receivedCount = 60;
for (let at = 0; at < receivedCount; at += 1) {
  await send(`New ${at}`);
  await page.waitForFunction((count) => window.received.length > count, at);
}
const received = await page.evaluate(() => window.received);

const summary = (times) => {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms`;
};
console.log(`scroll step (${scrolled.steps.length}): ${summary(scrolled.steps)}`);
console.log(
  `tasks over 50 ms while scrolling (${scrolled.longTasks.length}): ${summary(scrolled.longTasks)}`,
);
console.log(`processor time of the page's thread: ${busyPerStep.toFixed(1)} ms a step on average`);
console.log(`receive (${received.length}): ${summary(received)}`);
console.log(`bubbles in the page at most: ${scrolled.most} of ${messages}`);
await browser.close();
await sandbox.close();
