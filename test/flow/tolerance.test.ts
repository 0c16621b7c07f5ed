/** Tolerance of honest errors: granted with a reason, it takes a case out of the rates and stays on its card (rules §5). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, closed, pressOn } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const reason = '企业同意的试点做法，程序合规，属探索中的失误。';

const said = async (person: number, words: string, pattern: RegExp): Promise<string> => {
  const since = channel.person(person).mark();
  await channel.person(person).say(words);
  return (await channel.person(person).waitFor(pattern, { since })).text ?? '';
};

test('the supervisor grants tolerance with a reason: the case leaves the rates, department and ledger say so', async () => {
  const number = await closed(channel);
  const owner = channel.person(cast.owner);
  for (const label of ['是', '没解决', /很不满意/, '就这些 »'])
    await pressOn(channel, { person: cast.owner, number, label });
  await quiet(channel);
  expect(await said(cast.supervisor, '/rank', /三率/)).toMatch(/样本不足：核销 1 件，有效评价 1 件/);

  await pressOn(channel, { person: cast.supervisor, number, label: /容错免责/ });
  await said(cast.supervisor, reason, /已办/);
  await quiet(channel);

  expect(await said(cast.supervisor, '/rank', /三率/)).not.toMatch(/核销 1 件/);
  for (const id of [cast.officer, cast.head]) {
    expect(heard(channel.person(id)).at(-1)).toMatch(/已给予容错/);
    const card = await cardOf(channel, channel.person(id), number);
    expect(card.text).toContain(reason);
    expect(card.text).toMatch(/已容错：不计入三率/);
  }
  await channel.person(cast.head).say('/ledger');
  const since = channel.person(cast.head).mark();
  await channel.person(cast.head).press(/已核销 1 件/);
  expect((await channel.person(cast.head).waitFor(/台账/, { since })).text).toMatch(/已容错/);
  expect(everSeen(owner)).not.toContain('容错');

  // Once and for good, and the enterprise keeps its right to have it redone.
  const card = await cardOf(channel, channel.person(cast.supervisor), number);
  await channel.person(cast.supervisor).press('更多操作…', { message: card });
  expect(channel.person(cast.supervisor).buttons().join(' ')).not.toMatch(/容错/);
  await pressOn(channel, { person: cast.owner, number, label: /要求重办/ });
  await quiet(channel);
  expect((await channel.state()).cases).toEqual({ handling: 1 });
  expect(await said(cast.supervisor, '/rank', /三率/)).not.toMatch(/核销 1 件/);
});
