import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
let duty: TestPerson;
beforeAll(async () => {
  channel = await startChannel();
  duty = channel.person(cast.duty);
  for (const id of [cast.duty, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const cases = async (): Promise<number> => {
  await quiet(channel);
  return await channel.connection().collection('cases').countDocuments();
};

async function send(bytes: Buffer): Promise<ViewMessage> {
  const since = duty.mark();
  await duty.document({ name: 'cases.csv', mimeType: 'text/csv', bytes });
  return await duty.waitFor(/登记|要改|读不了|两列/, { since });
}

const good = [
  '\uFEFF企业,诉求,领域,保密',
  '甲厂有限公司,"环评批复五个月没有答复，窗口说""在走流程""",行政审批,公开',
  '江城精工机械有限公司,惠企补贴申报后两年没有到账,,',
].join('\r\n');

test('a table is shown first, then every row becomes a case, and no second one when it is confirmed or sent again', async () => {
  const before = await cases();
  const preview = await send(Buffer.from(good));
  expect(preview.text).toContain('共 2 件');
  expect(await cases()).toBe(before);
  const { message } = await duty.press('📨 确认提交', { message: preview });
  expect(message.text).toContain('2 件已全部登记');
  expect(await cases()).toBe(before + 2);
  const again = await send(Buffer.from(good));
  await duty.press('📨 确认提交', { message: again });
  expect(await cases()).toBe(before + 2);
  const stored = await channel.connection().collection('cases').findOne({ confidentiality: 'open' });
  expect(stored).toMatchObject({ source: 'import', domain: 'approval', reporterId: '' });
});

test('one wrong row and nothing is filed; each mistake is named with its line', async () => {
  const before = await cases();
  const answer = await send(
    Buffer.from('企业,诉求,领域\n甲厂有限公司,环评批复没有答复,天文\n,拖欠工程款,\n'),
  );
  expect(answer.text).toContain('第 2 行：没有这个领域');
  expect(answer.text).toContain('第 3 行：企业名称');
  expect(duty.buttons(answer)).toEqual([]);
  expect(await cases()).toBe(before);
});

test('a table saved as GB18030 is read; what is no table is refused', async () => {
  const gb = Buffer.concat([
    Buffer.from([0xc6, 0xf3, 0xd2, 0xb5, 0x2c, 0xcb, 0xdf, 0xc7, 0xf3, 0x0a]), // 企业,诉求
    Buffer.from([0xbc, 0xd7, 0xb3, 0xa7, 0x2c, 0xbb, 0xb7, 0xc6, 0xc0, 0xc5, 0xfa, 0xb8, 0xb4]), // 甲厂,环评批复
  ]);
  expect((await send(gb)).text).toContain('甲厂: 环评批复');
  expect((await send(Buffer.from('a,b\n1,2\n'))).text).toContain('两列');
  expect((await send(Buffer.from([0xff, 0xff, 0x00, 0x22]))).text).toMatch(/读不了|两列/);
  expect((await send(Buffer.alloc(1024 * 1024 + 1, 0x61))).text).toContain('读不了');
});

test('nobody but the duty officer imports', async () => {
  const officer = channel.person(cast.officer);
  const since = officer.mark();
  await officer.document({ name: 'cases.csv', mimeType: 'text/csv', bytes: Buffer.from(good) });
  await officer.waitFor(({ text = '' }) => text !== '', { since });
  expect(officer.buttons().join()).not.toContain('确认提交');
});

test('an import that died in the middle is finished by the sweep, each row once', async () => {
  const rows = ['甲', '乙', '丙'].map((name) => `${name}厂有限公司,环评批复五个月没有答复`);
  const preview = await send(Buffer.from(['企业,诉求', ...rows].join('\n')));
  const before = await cases();
  // What a crash leaves behind: confirmed, one row filed, the others not.
  await duty.press('📨 确认提交', { message: preview });
  await quiet(channel);
  const store = channel.connection();
  const filed = await store.collection('cases').find().sort({ filedAt: -1 }).limit(2).toArray();
  await store.collection('cases').deleteMany({ _id: { $in: filed.map(({ _id }) => _id) } });
  const imports = store.collection<{ readonly _id: string; readonly readAt: Date }>('imports');
  const [last] = await imports.find().sort({ readAt: -1 }).limit(1).toArray();
  await imports.updateOne({ _id: last?._id ?? '' }, { $set: { confirmedAt: new Date(0), causeId: 'died' } });
  expect(await cases()).toBe(before + 1);
  await channel.advance('PT1M');
  expect(await cases()).toBe(before + 3);
  expect(await imports.countDocuments({ confirmedAt: { $exists: true } })).toBe(0);
});
