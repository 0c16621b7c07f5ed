import { describe, expect, test } from 'vitest';
import { allowanceOf, defaultBudgets, type Urgency } from '../../../src/telegram/budgets.js';
import { createLocalPacer } from '../../../src/telegram/pacer-local.js';

const clock = () => {
  let at = 1_000_000;
  return { now: () => at, pass: (ms: number) => void (at += ms) };
};

const turn = (chat: string, urgency: Urgency = 'answer', { group = false, cost = 1 } = {}) => ({
  chat,
  cost,
  allowance: allowanceOf(defaultBudgets, urgency, group),
});

/** Takes turns until the next one would have to wait; tells how many went through. */
const takeAll = (take: () => number): number => {
  let count = 0;
  while (count < 1_000 && take() === 0) count += 1;
  return count;
};

describe('budgets', () => {
  test('never more than 30 sends over all chats within a second, however they are asked for', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    const sentAt: number[] = [];
    for (let step = 0; step < 4_000; step += 1) {
      if (pacer.take(turn(`chat ${step}`)) === 0) sentAt.push(now());
      pass(1);
    }
    const busiest = Math.max(
      ...sentAt.map((at) => sentAt.filter((one) => one >= at && one < at + 1_000).length),
    );
    expect(busiest).toBe(30);
    expect(sentAt.length).toBeGreaterThanOrEqual(100);
  });

  test('a chat takes its burst, then one message a second, and waits exactly as long as it is told', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    expect(takeAll(() => pacer.take(turn('a')))).toBe(defaultBudgets.chatBurst);
    const wait = pacer.take(turn('a'));
    expect(wait).toBe(1_000);
    pass(wait - 1);
    expect(pacer.take(turn('a'))).toBe(1);
    pass(1);
    expect(pacer.take(turn('a'))).toBe(0);
    expect(pacer.take(turn('b'))).toBe(0);
  });

  test('notices leave a part of the burst and of the bot to answers', () => {
    const { now, pass } = clock();
    const chat = createLocalPacer(now);
    const afterAnother = (): number => {
      pass(40);
      return chat.take(turn('a', 'notice'));
    };
    expect(takeAll(afterAnother)).toBe(5);
    expect(takeAll(() => chat.take(turn('a')))).toBe(10);
    const bot = createLocalPacer(now);
    let next = 0;
    expect(takeAll(() => bot.take(turn(`${next++}`, 'notice')))).toBe(3);
    expect(takeAll(() => bot.take(turn(`${next++}`)))).toBe(27);
  });

  test('notices alone use all but a hundredth of the rate, and none goes while an answer is in front of it', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    let sent = 0;
    for (let ms = 0; ms < 10_000; ms += 1) {
      if (pacer.take(turn(`chat ${ms}`, 'notice')) === 0) sent += 1;
      pass(1);
    }
    expect(sent).toBeGreaterThanOrEqual(294);
    expect(sent).toBeLessThanOrEqual(300);
    pass(1_000);
    for (let i = 0; i < 10; i += 1) expect(pacer.take(turn(`answer ${i}`))).toBe(0);
    expect(pacer.take(turn('after them', 'notice'))).toBeGreaterThan(200);
  });

  test('a group gets 20 messages a minute', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    let sent = 0;
    for (let second = 0; second < 60; second += 1) {
      while (pacer.take(turn('-1', 'answer', { group: true })) === 0) sent += 1;
      pass(1_000);
    }
    expect(sent).toBe(20);
  });

  test('an album costs as many as it has items, and one larger than the budget still goes out', () => {
    const { now } = clock();
    const pacer = createLocalPacer(now);
    expect(pacer.take(turn('a', 'answer', { cost: 10 }))).toBe(0);
    expect(takeAll(() => pacer.take(turn('a')))).toBe(5);
    expect(createLocalPacer(now).take(turn('b', 'notice', { cost: 10 }))).toBe(0);
  });
});

describe('pauses', () => {
  test('a chat that was asked for silence waits in full while others flow', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    pacer.pause('a', 7_000);
    pass(6_999);
    expect(pacer.take(turn('a'))).toBe(1);
    expect(pacer.take(turn('b'))).toBe(0);
    pass(1);
    expect(pacer.take(turn('a'))).toBe(0);
  });

  test('two chats within a second silence the whole bot, one chat twice does not', () => {
    const { now, pass } = clock();
    const pacer = createLocalPacer(now);
    pacer.pause('a', 3_000);
    pass(900);
    pacer.pause('a', 3_000);
    expect(pacer.take(turn('c'))).toBe(0);
    pass(900);
    pacer.pause('b', 5_000);
    expect(pacer.take(turn('c'))).toBe(5_000);
  });

  test('a shorter pause does not cut a longer one, and calls that cost nothing wait as well', () => {
    const { now } = clock();
    const pacer = createLocalPacer(now);
    pacer.pause('a', 9_000);
    pacer.pause('a', 1_000);
    expect(pacer.take({ chat: 'a', cost: 1, allowance: undefined })).toBe(9_000);
  });
});
