/** Finds what in a text could tell who wrote it, and covers it: what a department reads below `open` (rules §6). Pure. */
import { enterpriseMarks } from './enterprise.js';
import { nameMarks } from './names.js';

export const maskKinds = ['enterprise', 'id-card', 'uscc', 'phone', 'plate', 'email', 'name'] as const;
export type MaskKind = (typeof maskKinds)[number];

/** A stretch of a text, in UTF-16 units. */
export interface Mark {
  readonly kind: MaskKind;
  readonly start: number;
  readonly end: number;
}

/** What is known of the writer: his enterprise's name, how he is called himself, and what numbers and addresses are his. */
export interface Writer {
  readonly enterprise: string | null;
  readonly people: readonly string[];
  readonly numbers: readonly string[];
}

const placeholders: Readonly<Record<'zh' | 'en', Readonly<Record<MaskKind, string>>>> = {
  zh: {
    enterprise: '〔企业〕',
    'id-card': '〔身份证号〕',
    uscc: '〔信用代码〕',
    phone: '〔电话〕',
    plate: '〔车牌〕',
    email: '〔邮箱〕',
    name: '〔姓名〕',
  },
  en: {
    enterprise: '[business]',
    'id-card': '[ID number]',
    uscc: '[credit code]',
    phone: '[phone]',
    plate: '[number plate]',
    email: '[e-mail]',
    name: '[name]',
  },
};

/** Full-width letters and digits read as their usual forms; every unit keeps its place. */
export const halfWidth = (text: string): string =>
  text.replaceAll(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

const numbered: readonly (readonly [MaskKind, RegExp])[] = [
  // 6 digits of a place, a date of birth, 3 digits and a check; groups may stand apart.
  [
    'id-card',
    /(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?!\d)/g,
  ],
  // Mistyped ones tell as much, so the check digit is not asked for.
  [
    'uscc',
    /(?<![0-9A-Za-z])[1-9A-GNY][1-9A-Z]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])|(?<![0-9A-Za-z])(?:[0-9A-HJ-NPQRTUWXY]{4}[ -]){4}[0-9A-HJ-NPQRTUWXY]{2}(?![0-9A-Za-z])/gi,
  ],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['phone', /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g],
  ['phone', /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[2-9]\d{6,7}(?:-\d{1,5})?(?!\d)/g],
  ['phone', /(?<!\d)[48]00[ -]?\d{3}[ -]?\d{4}(?!\d)/g],
  ['phone', /(?<![\d+])\+\d[\d -]{7,15}\d(?!\d)/g],
  ['phone', /(?<=(?:电话|座机|手机|热线|传真|tel|phone|fax)(?:号码?)?[是为:. ]{0,3})[2-9]\d{6,7}(?!\d)/gi],
  ['phone', /(?<=(?:微信|QQ|wechat)(?:号码?)?[是为:. ]{0,3})[A-Za-z0-9_-]{5,20}/gi],
  [
    'plate',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. -]?(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])/gi,
  ],
];

/** Takes a text and what is known of its writer, gives the stretches to be covered, in order and apart from each other. */
export function marksIn(text: string, writer: Writer): readonly Mark[] {
  const plain = halfWidth(text);
  const found: Mark[] = [];
  const add = (marks: readonly Mark[]): void => {
    for (const mark of marks)
      if (found.every(({ start, end }) => mark.end <= start || end <= mark.start)) found.push(mark);
  };
  add(enterpriseMarks(plain, writer.enterprise));
  for (const [kind, pattern] of numbered)
    add(
      [...plain.matchAll(pattern)].map((hit) => ({ kind, start: hit.index, end: hit.index + hit[0].length })),
    );
  add(nameMarks(plain, writer.people));
  return found.toSorted((a, b) => a.start - b.start);
}

/** The text with each marked stretch replaced by what it was. */
export function masked(text: string, marks: readonly Mark[]): string {
  const words = placeholders[/\p{Script=Han}/u.test(text) ? 'zh' : 'en'];
  let at = 0;
  let out = '';
  for (const { kind, start, end } of marks) {
    out += text.slice(at, start) + words[kind];
    at = end;
  }
  return out + text.slice(at);
}

/** The writer with every full name and every number that his texts have told: once told, it is his wherever it stands alone. */
export function withTold(writer: Writer, texts: readonly string[]): Writer {
  const told = texts.flatMap((text) =>
    marksIn(text, writer).map(({ kind, start, end }) => ({ kind, words: text.slice(start, end) })),
  );
  const names = told.filter(({ kind, words }) => kind === 'name' && words.length > 1);
  const numbers = told.filter(({ kind }) => kind !== 'name' && kind !== 'enterprise');
  const all = (known: readonly string[], more: typeof told): readonly string[] => [
    ...new Set([...known, ...more.map(({ words }) => words)]),
  ];
  return {
    ...writer,
    people: all(writer.people, names),
    numbers: all(writer.numbers, numbers),
  };
}
