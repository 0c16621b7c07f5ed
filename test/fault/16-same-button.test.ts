/** Two officers press the same button at the same moment, again and again: one of them has the case, the other is told. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, pressOn } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive, numberIn } from '../support/steps.js';

/** FAULT_ROUNDS=1000 for a long run. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 12);
const { duty, officer, colleague } = cast;

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel({ workers: 1 });
  for (const id of [duty, officer, colleague]) await arrive(channel.person(id));
});
afterEach(async () => await channel.stop());

/** The duty officer files as many cases as there are rounds from a table, and sends each to the Approvals Bureau. */
async function dispatchMany(): Promise<readonly string[]> {
  const person = channel.person(duty);
  const rows = Array.from(
    { length: rounds },
    (_, i) => `第${i}号机械有限公司,"环评批复材料交齐五个月没有答复，窗口第 ${i} 次说在走流程",行政审批,公开`,
  );
  const table = ['\uFEFF企业,诉求,领域,保密', ...rows].join('\r\n');
  await person.document({ name: 'cases.csv', mimeType: 'text/csv', bytes: Buffer.from(table) });
  await person.press('📨 确认提交', { message: await person.waitFor(/共 \d+ 件/) });
  await person.waitFor(/件已全部登记/, { timeoutMs: 60_000 });
  await quiet(channel);
  const numbers = [
    ...new Set(
      person
        .messages()
        .filter(({ text = '' }) => text.includes('新件待受理'))
        .map(({ text = '' }) => numberIn(text)),
    ),
  ];
  for (const number of numbers) await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
  return numbers;
}

test(
  `of two who press at once one wins and the other is told, ${rounds} times`,
  async () => {
    const numbers = await dispatchMany();
    expect(numbers).toHaveLength(rounds);
    const people = [channel.person(officer), channel.person(colleague)] as const;
    const winners = new Map<string, number>();
    for (const number of numbers) {
      const cards = await Promise.all(people.map(async (one) => await cardOf(channel, one, number)));
      const presses = people.map((one, i) => {
        const message = cards[i];
        return message ? one.press('✅ 签收', { message }) : Promise.reject(new Error('there is no card'));
      });
      const answers = (await Promise.all(presses)).map(({ answer }) => answer?.text ?? '');
      const told = answers.filter((answer) => /同事/.test(answer));
      expect(told, `${number}: ${answers.join(' | ')}`).toHaveLength(1);
      const winner = answers.findIndex((answer) => !/同事/.test(answer));
      winners.set(number, winner);
      await quiet(channel);
      const shown = people.map(
        (one) => one.messages().findLast(({ text = '' }) => text.includes(number))?.text,
      );
      expect(shown[winner]).toContain('办理中');
      expect(shown[1 - winner]).not.toContain('办理中');
    }
    const cases = await channel.connection().collection('cases').find().toArray();
    for (const { number, history } of cases as unknown as {
      number: string;
      history: { transition: string }[];
    }[])
      expect(
        history.filter(({ transition }) => transition === 'sign'),
        number,
      ).toHaveLength(1);
    expect(winners.size).toBe(rounds);
  },
  60_000 + rounds * 5_000,
);
