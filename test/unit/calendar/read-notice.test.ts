/** The yearly notice about holidays, as it is published: what it says, and what is refused with its place. */
import { describe, expect, it } from 'vitest';
import { dateOf } from '../../../src/domain/calendar/day-number.js';
import { looksLikeNotice, readNotice, type NoticeMistake } from '../../../src/domain/calendar/read-notice.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';

const notice2024 = `国务院办公厅关于2024年
部分节假日安排的通知
国办发明电〔2023〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2024年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。

国务院办公厅
2023年10月25日`;

const notice2025 = `国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班。国务院办公厅 2024年11月12日`;

const notice2026 = `国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

function read(text: string) {
  const found = readNotice(text);
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  const { year, holidays, makeUpWorkdays, missing } = found.notice;
  return { year, holidays: holidays.map(dateOf), makeUpWorkdays: makeUpWorkdays.map(dateOf), missing };
}

describe('the published notices say what the program ships', () => {
  it.each([
    [2024, notice2024],
    [2025, notice2025],
    [2026, notice2026],
  ])('%i', (year, text) => {
    const shipped = shippedYears.find((one) => one.year === year);
    expect(read(text)).toEqual({
      year,
      holidays: shipped?.holidays,
      makeUpWorkdays: shipped?.makeUpWorkdays,
      missing: [],
    });
  });

  it('however lines are broken and signs are written', () => {
    const mangled = notice2026.replaceAll('\n', '').replaceAll('：', ':').replaceAll('，', ',');
    expect(read(mangled)).toEqual(read(notice2026));
    expect(read(notice2026.replaceAll('。', '。\r\n  '))).toEqual(read(notice2026));
  });

  it('a New Year that reaches into the year before, with a make-up workday there', () => {
    const found = read(
      '关于2019年部分节假日安排的通知 一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。',
    );
    expect(found.holidays).toEqual(['2018-12-30', '2018-12-31', '2019-01-01']);
    expect(found.makeUpWorkdays).toEqual(['2018-12-29']);
    expect(found.missing).toEqual(['春节', '清明', '劳动', '端午', '中秋', '国庆']);
  });

  it('a substitute day off, and single days joined by 、', () => {
    const found = read(
      '关于2017年放假安排的通知。一、元旦：1月1日放假，1月2日（星期一）补休。五、端午节：5月28日（周日）、29日、30日放假，共3天。',
    );
    expect(found.holidays).toEqual(['2017-01-01', '2017-01-02', '2017-05-28', '2017-05-29', '2017-05-30']);
  });
});

describe('a notice that cannot be right is refused, with the place', () => {
  const broken = (from: string, to: string): readonly NoticeMistake[] => {
    const changed = notice2026.replace(from, to);
    if (changed === notice2026) throw new Error(`${from} is not in the notice`);
    const found = readNotice(changed);
    return found.ok ? [] : found.mistakes;
  };

  it.each([
    [
      'a weekday that is another one',
      '1月4日（周日）',
      '1月4日（周六）',
      'weekday-differs',
      '元旦:1月4日(周六)上班',
    ],
    ['a count that is not the range’s', '共9天', '共8天', 'count-differs', '春节'],
    ['a day that does not exist', '2月28日（周六）上班', '2月30日上班', 'no-such-date', '春节'],
    ['a make-up workday in the week', '5月9日（周六）', '5月8日（周五）', 'make-up-in-the-week', '劳动节'],
    [
      'a range that ends before it begins',
      '10月1日（周四）至7日（周三）',
      '10月7日至1日',
      'ends-before-it-begins',
      '国庆节',
    ],
    ['a sentence nobody understands', '5月9日（周六）上班', '5月9日照常', 'not-understood', '劳动节'],
    ['a day both off and worked', '1月4日（周日）上班', '1月3日（周六）上班', 'off-and-worked', '2026-01-03'],
  ])('%s', (_, from, to, refusal, place) => {
    const mistakes = broken(from, to);
    expect(mistakes.map((one) => one.refusal)).toEqual([refusal]);
    expect(mistakes[0]?.place).toContain(place);
  });

  it('a text without a year, or without a holiday', () => {
    expect(readNotice('一、元旦：1月1日放假。')).toMatchObject({
      ok: false,
      mistakes: [{ refusal: 'no-year' }],
    });
    expect(readNotice('关于2027年节假日安排的通知，另行通知。')).toMatchObject({
      ok: false,
      mistakes: [{ refusal: 'no-holidays' }],
    });
  });

  it('what somebody types in conversation is no notice', () => {
    expect(looksLikeNotice(notice2026)).toBe(true);
    expect(['8 工作日', '09:00-12:00', '你好，放假吗'].filter(looksLikeNotice)).toEqual([]);
  });
});
