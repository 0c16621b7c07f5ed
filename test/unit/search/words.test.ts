import { describe, expect, test } from 'vitest';
import { overlap, partsOf, searchForm, wordsOf } from '../../../src/domain/search/words.js';
import { createSegmenter } from '../../../src/segment.js';

const segmenter = createSegmenter();
const wordsIn = async (text: string) => wordsOf(await segmenter.pieces(searchForm(text)));

describe('the words by which a text is found', () => {
  test('Chinese is cut into words, each once, without what stands in every text', async () => {
    const words = await wordsIn('我们厂的环评批复，环评批复一直没有答复。');
    for (const word of ['环评', '批复', '答复']) expect(words).toContain(word);
    for (const word of ['我们', '的', '没有', '，', '。']) expect(words).not.toContain(word);
    expect(new Set(words).size).toBe(words.length);
  });

  test('traditional, full-width and capital letters find what was written the plain way', async () => {
    expect(await wordsIn('環評批復 ＡＢＣ Permit')).toEqual(
      expect.arrayContaining(['环评', '批复', 'abc', 'permit']),
    );
  });

  test('long words are found by their parts', async () => {
    expect(await wordsIn('示例科技有限公司')).toEqual(expect.arrayContaining(['示例', '科技', '有限公司']));
  });

  test('a word that no dictionary cuts is found by any two neighbouring characters', () => {
    expect(partsOf(['彩钢棚', '环评', 'permit'])).toEqual(['彩钢', '钢棚']);
  });
});

describe('how alike two texts are', () => {
  const permit = '我们厂扩建项目的环评批复材料 3 月就在窗口交齐了，五个多月没有书面答复，去问都说在走流程。';
  const again = '厂里扩建项目环评批复的材料 3 月在窗口交齐，五个多月没有书面答复，每次问都说走流程。';
  const other = '区住建局下属平台公司拖欠我们工程款 312 万，竣工验收、合同、结算单都有，每次都说领导没签字。';

  test('the same trouble told twice lies above one half, another trouble far below', async () => {
    const [one, two, three] = await Promise.all([permit, again, other].map(wordsIn));
    expect(overlap(one ?? [], two ?? [])).toBeGreaterThanOrEqual(0.5);
    expect(overlap(one ?? [], three ?? [])).toBeLessThan(0.34);
  });

  test('the measure runs from 0 to 1 and knows no order', () => {
    expect(overlap(['a', 'b'], ['b', 'a'])).toBe(1);
    expect(overlap(['a', 'b', 'c'], ['b', 'c', 'd'])).toBe(0.5);
    expect(overlap(['a'], ['b'])).toBe(0);
    expect(overlap([], [])).toBe(0);
  });
});
