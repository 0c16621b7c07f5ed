import { describe, expect, test } from 'vitest';
import { isSentTo, letterNumber, lettersOf, mayHold, type Letter } from '../../../src/domain/letters.js';
import { letterText } from '../../../src/letters/letter-text.js';
import { writeLetter } from '../../../src/letters/write-letter.js';

const at = (iso: string): Date => new Date(`${iso}+08:00`);
const letter: Letter = {
  id: 'l1',
  caseId: 'c1',
  kind: 'supervision',
  year: 2026,
  number: 17,
  clock: { name: 'resolve', generation: 1, step: 'E2' },
  facts: {
    caseNumber: 'ZT-111-222-3333',
    department: { zh: '审批局', en: 'Approvals Bureau' },
    headName: '王负责人',
    domain: 'approval',
    conduct: 'delay',
    urgent: false,
    filedAt: at('2026-11-02T10:00'),
    dueAt: at('2026-11-18T15:00'),
    issuedAt: at('2026-11-19T15:00'),
    answerBy: at('2026-11-20T15:00'),
    second: false,
    earlier: [],
    basis: null,
  },
};
const work = (step: string) => ({
  event: `clock-resolve-${step}`,
  clock: { name: 'resolve' as const, generation: 1, step },
});

test('a date in a year that is not announced yet is marked in a letter', () => {
  const unsure = { ...letter, facts: { ...letter.facts, answerByProvisional: true } };
  expect(letterText(unsure, 'zh', 'Asia/Shanghai').paragraphs.join('')).toContain(
    '15:00（该年放假安排未公布，日期暂定） 前作出书面说明',
  );
  expect(letterText(unsure, 'en', 'Asia/Shanghai').paragraphs.join('')).toContain(
    '(provisional: that year’s',
  );
  expect(letterText(letter, 'zh', 'Asia/Shanghai').paragraphs.join('')).not.toContain('暂定');
});

describe('which letters an event writes (rules §4)', () => {
  test('E2 and its repetition write a supervision letter, E4 an interview notice and a draft transfer, a transfer its letter and receipt', () => {
    expect(lettersOf(work('E2'))).toEqual(['supervision']);
    expect(lettersOf(work('E2b'))).toEqual(['supervision']);
    expect(lettersOf(work('E4'))).toEqual(['interview', 'transfer-draft']);
    expect(lettersOf({ event: 'transferred' })).toEqual(['transfer', 'transfer-receipt']);
  });

  test('reminders, and an E2 of another clock, write none', () => {
    for (const step of ['R1', 'R2', 'R3', 'E1', 'E3']) expect(lettersOf(work(step))).toEqual([]);
    const clock = { name: 'sign' as const, generation: 1, step: 'E2' };
    expect(lettersOf({ event: 'clock-sign-E2', clock })).toEqual([]);
  });

  test('a department gets the supervision letter only, and there the head', () => {
    expect(mayHold('supervision', 'head')).toBe(true);
    for (const relation of ['handler', 'officer', 'co-officer', 'reporter', 'auditor', 'stranger'] as const)
      expect(mayHold('supervision', relation)).toBe(false);
    for (const kind of ['interview', 'transfer-draft', 'transfer', 'transfer-receipt'] as const) {
      expect(mayHold(kind, 'head')).toBe(false);
      expect(isSentTo(kind, 'leader')).toBe(true);
    }
    expect(isSentTo('supervision', 'leader')).toBe(false);
  });
});

describe('what a letter says', () => {
  test('is numbered by kind and year, and names case, dates and what is asked', () => {
    expect(letterNumber(letter)).toBe('督〔2026〕017号');
    const { title, addressee, paragraphs, date } = letterText(letter, 'zh', 'Asia/Shanghai');
    expect([title, addressee, date]).toEqual(['督办函', '审批局：', '2026年11月19日']);
    expect(paragraphs.join('\n')).toContain('2026年11月18日 15:00');
    expect(paragraphs.join('\n')).toContain('请单位负责人于 2026年11月20日 15:00 前作出书面说明');
  });

  test('the second letter names the first', () => {
    const second = { ...letter, facts: { ...letter.facts, second: true, earlier: ['督〔2026〕017号'] } };
    expect(letterText(second, 'zh', 'Asia/Shanghai').paragraphs.join('')).toContain(
      '此前已发 督〔2026〕017号',
    );
    expect(letterText(second, 'en', 'Asia/Shanghai').paragraphs.join('')).toContain('second letter');
  });

  test('becomes a DOCX; an English reader gets more below the official text', async () => {
    const [zh, en] = await Promise.all(
      (['zh', 'en'] as const).map(
        async (language) => await writeLetter(letter, { language, timeZone: 'UTC' }),
      ),
    );
    expect(zh?.bytes.subarray(0, 2).toString()).toBe('PK');
    expect(zh?.fileName).toBe('督办函 督〔2026〕017号.docx');
    expect(en?.bytes.length).toBeGreaterThan(zh?.bytes.length ?? Infinity);
    expect(en?.caption).toContain('Supervision letter');
  });
});
