import { describe, expect, test } from 'vitest';
import { marksIn, masked, withTold, type Writer } from '../../../src/domain/masking/mask.js';
import { departmentVersion } from '../../../src/domain/masking/department-version.js';
import reports from '../../support/reports.json' with { type: 'json' };

const writer: Writer = { enterprise: '江城精工机械有限公司', people: ['陈志强'], numbers: [] };
const cover = (text: string, of: Writer = writer): string => masked(text, marksIn(text, of));

describe('what tells who wrote it is covered', () => {
  test.each([
    ['手机13812345678，也可打 138-1234-5678。', '手机〔电话〕，也可打 〔电话〕。'],
    ['+86 139 0000 1111 或 0571-88886666 转 3', '〔电话〕 或 〔电话〕 转 3'],
    ['全角的１３８１２３４５６７８也是电话', '全角的〔电话〕也是电话'],
    ['请打(0571)8788 找我', '请打(0571)8788 找我'],
    ['座机：87886655，微信号 jgjx_2020', '座机：〔电话〕，微信号 〔电话〕'],
    ['货车浙A·12345和浙AD12345被扣', '货车〔车牌〕和〔车牌〕被扣'],
    ['挂车苏E8899挂停在门口', '挂车〔车牌〕停在门口'],
    ['信用代码91330800MA28A7K31K，注册满三年', '信用代码〔信用代码〕，注册满三年'],
    ['身份证 330802199001012345、33080219900101234x', '身份证 〔身份证号〕、〔身份证号〕'],
    ['发到 boss@jg-machine.cn 即可', '发到 〔邮箱〕 即可'],
    ['我们江城精工机械有限公司去年投产', '我们〔企业〕去年投产'],
    ['江城精工机械的订单、江城精工的厂房', '〔企业〕的订单、〔企业〕的厂房'],
    ['我们精工是小厂，精工公司只有八个人', '我们〔企业〕是小厂，〔企业〕公司只有八个人'],
    ['窗口的李科长让我找王建国主任', '窗口的〔姓名〕科长让我找〔姓名〕主任'],
    ['欧阳局长没签字，张总也急', '〔姓名〕局长没签字，〔姓名〕总也急'],
    ['我叫陈小明，联系人：刘芳，老板说不行', '我叫〔姓名〕，联系人：〔姓名〕，老板说不行'],
    ['陈志强本人来过三次', '〔姓名〕本人来过三次'],
    ['My name is Mary Brown, ask Mr. Chen, tel 87886655', 'My name is [name], ask Mr. [name], tel [phone]'],
  ])('%s', (text, expected) => {
    expect(cover(text)).toBe(expected);
  });

  test('an English name of an enterprise, in whatever case', () => {
    const of: Writer = { enterprise: 'Harbour Cold Chain Ltd', people: [], numbers: [] };
    expect(cover('HARBOUR COLD CHAIN waits; Harbour Cold Chain Ltd. paid. The cold chain broke.', of)).toBe(
      '[business] waits; [business]. paid. The cold chain broke.',
    );
  });
});

describe('what only looks like it stays', () => {
  test.each([
    '3 月 12 日交齐材料，2026年11月25日到期，金额3120000元，合同号 20260312001。',
    '安全科长、高级工程师、常务副主任、管委会主任、高新区主任都推给对方经理。',
    '现任局长说由公安局长、城管局长、林业局长、金融局长一起定，有关同志不清楚。',
    '项目经理和施工队长在场，甲方经理没来，机关书记签过字，工程局长批过。',
    '负责人说何时来不知道，工作人员于3月5日到场，经办人方便的时候再联系。',
    '共计总价、汇总表、公安总队、总经理办公室都看过。',
    '川A级、鲁B股、新Z标准都不是车牌；批文浙环审〔2026〕12号。',
    '订单号 6222021234567890123，快递 SF1234567890123。',
    '王某和李某某来检查，说是领导没签字。',
    '江城的精密工件，机械设备很多。',
    'Mr. and the director came on Monday; my name is not in the list.',
  ])('%s', (text) => {
    expect(cover(text)).toBe(text);
  });

  test('of the reports people really write, only what tells of somebody is touched', () => {
    const touched = reports.flatMap(({ text }) =>
      marksIn(text, { enterprise: null, people: [], numbers: [] }).map(({ start, end }) =>
        text.slice(start, end),
      ),
    );
    expect(touched).toEqual([]);
  });
});

test('marks are in order, apart from each other, and never split a character', () => {
  const text = '😀王科长13812345678😀李科长91330800MA28A7K31K';
  const marks = marksIn(text, writer);
  expect(marks.map(({ kind }) => kind)).toEqual(['name', 'phone', 'name', 'uscc']);
  expect(cover(text)).toBe('😀〔姓名〕科长〔电话〕😀〔姓名〕科长〔信用代码〕');
});

// A pattern that tries everything in every order would not come to an end within the time a test has.
test('a long text of almost-numbers and almost-names is read to its end', () => {
  const text = '1a浙A李'.repeat(750);
  expect(cover(text)).toBe(text);
});

test('a full name that was told once is covered where it stands alone later', () => {
  const learned = withTold({ enterprise: null, people: [], numbers: [] }, [
    '我叫刘小芳，电话 139-0000-1111，找李科长',
  ]);
  expect(learned).toMatchObject({ people: ['刘小芳'], numbers: ['139-0000-1111'] });
  expect(cover('请转告刘小芳。', learned)).toBe('请转告〔姓名〕。');
});

describe('a department reads', () => {
  const told = { side: 'enterprise', text: '我叫王小明，13812345678', departmentText: null } as const;
  test('the enterprise’s words as they are when it shows its name', () => {
    expect(departmentVersion(told, 'open', writer)).toBe(told.text);
  });
  test.each(['commission', 'locked'] as const)('them masked at level %s', (level) => {
    expect(departmentVersion(told, level, writer)).toBe('我叫〔姓名〕，〔电话〕');
  });
  test('the version the duty officer approved, whatever the level', () => {
    expect(departmentVersion({ ...told, departmentText: '一位企业主' }, 'locked', writer)).toBe('一位企业主');
  });
  test('what was approved while the name was open, or nobody knows at which level, masked below open', () => {
    const approved = { ...told, departmentText: '江城精工的陈志强，窗口是王科长' };
    expect(departmentVersion({ ...approved, departmentLevel: 'open' }, 'open', writer)).toMatch(/江城精工/);
    for (const at of [{ departmentLevel: 'open' }, {}] as const)
      expect(departmentVersion({ ...approved, ...at }, 'commission', writer)).toBe(
        '〔企业〕的〔姓名〕，窗口是〔姓名〕科长',
      );
    expect(departmentVersion({ ...approved, departmentLevel: 'commission' }, 'commission', writer)).toBe(
      approved.departmentText,
    );
  });
  test('the words of staff without what is the enterprise’s own; theirs stay', () => {
    const said = '已电告江城精工陈志强（+86 139 0000 1111），请找王科长，电话 0571-87654321。';
    const staff = { ...told, side: 'department', text: said } as const;
    const of = { ...writer, numbers: ['139-0000-1111'] };
    expect(departmentVersion(staff, 'open', of)).toBe(said);
    expect(departmentVersion(staff, 'commission', of)).toBe(
      '已电告〔企业〕〔姓名〕（〔电话〕），请找王科长，电话 0571-87654321。',
    );
  });
});
