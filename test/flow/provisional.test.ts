/** A date in a year whose holidays are not announced is marked wherever it is read, and loses the mark when they are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, until } from '../support/business-time.js';
import { contacted, filed } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
const readers = [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor];
beforeAll(async () => {
  channel = await startChannel({ schedules: ['digest'] });
  // No notice says anything about a year so far away.
  for (let times = 0; times < 5; times++) await channel.jump('P1000D');
  for (const id of [...readers, cast.admin]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const mark = '（该年放假安排未公布，日期暂定）';
const written = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日（周.）(\d\d):(\d\d)/g;

interface Dates {
  readonly marked: number;
  readonly bare: readonly string[];
}

/** The dates that lie ahead in everything these people see, with the mark and without. */
async function datesAhead(): Promise<Dates> {
  await quiet(channel);
  const present = await now(channel);
  const year = new Date(present.getTime() + 8 * 3_600_000).getUTCFullYear();
  const texts = readers.flatMap((id) =>
    channel
      .person(id)
      .messages()
      .filter(({ from }) => from === 'bot')
      .map(({ text = '' }) => text),
  );
  const found = texts.flatMap((text) =>
    [...text.matchAll(written)].map((match) => {
      const [date, y = String(year), ...rest] = match;
      const [month = 1, day = 1, hour = 0, minute = 0] = rest.map(Number);
      const at = Date.UTC(Number(y), month - 1, day, hour - 8, minute);
      return {
        ahead: at > present.getTime(),
        marked: text.slice(match.index + date.length).startsWith(mark),
        line:
          text
            .slice(0, match.index + date.length)
            .split('\n')
            .at(-1) ?? '',
      };
    }),
  );
  const ahead = found.filter((one) => one.ahead);
  return {
    marked: ahead.filter((one) => one.marked).length,
    bare: ahead.filter((one) => !one.marked).map(({ line }) => line),
  };
}

test('receipt, cards, lists, reminders and the morning’s digest mark what depends on an unannounced year', async () => {
  const number = await contacted(channel);
  await filed(channel);
  for (const [id, list] of [
    [cast.officer, '/todo'],
    [cast.duty, '/pool'],
    [cast.owner, '/my'],
  ] as const) {
    const since = channel.person(id).mark();
    await channel.person(id).say(list);
    await channel.person(id).waitFor(({ text = '' }) => text.includes('1. '), { since });
  }
  expect((await datesAhead()).bare).toEqual([]);

  // Mornings on the way: digests; shortly before it is due: the reminders.
  const cases = channel
    .connection()
    .collection<{ number: string; clocks: { name: string; dueAt: Date }[] }>('cases');
  const due = (await cases.findOne({ number }))?.clocks.find(({ name }) => name === 'resolve')?.dueAt;
  await until(channel, new Date((due?.getTime() ?? 0) - 30 * 60_000));
  const { marked, bare } = await datesAhead();
  expect(bare).toEqual([]);
  expect(marked).toBeGreaterThan(10);
});

test('when the year is announced, the mark leaves the dates', async () => {
  const admin = channel.person(cast.admin);
  const officer = channel.person(cast.officer);
  const todo = async (): Promise<string> => {
    await quiet(channel);
    const since = officer.mark();
    await officer.say('/todo');
    return (await officer.waitFor(({ text = '' }) => text.includes('1. '), { since })).text ?? '';
  };
  expect(await todo()).toContain(mark);
  const year = (await now(channel)).getUTCFullYear();
  for (const one of [year, year + 1]) {
    const since = admin.mark();
    await admin.say(JSON.stringify({ year: one, holidays: [], makeUpWorkdays: [] }));
    const message = await admin.waitFor(/核对/, { since });
    expect(message.text).toContain(`${one} 年不再标“暂定”`);
    await admin.press('✅ 确认导入', { message });
  }
  await channel.advance('PT1S');
  expect(await todo()).not.toContain(mark);
});
