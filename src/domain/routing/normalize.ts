import { traditionalPairs } from './words/traditional.js';

const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: Math.floor(traditionalPairs.length / 2) }, (_, pair) => [
    traditionalPairs.charAt(2 * pair),
    traditionalPairs.charAt(2 * pair + 1),
  ]),
);

const longestRead = 8000;
const invisible = /[\p{Cf}\u00ad]/gu;
const spaceAtHan = /(?<=\p{Script=Han})[^\S\n]+|[^\S\n]+(?=\p{Script=Han})/gu;

/**
 * Takes a report as written, gives the form the word families are written for: half-width, lower case, simplified
 * characters, straight apostrophes, no invisible characters, no spaces around Chinese. Reads the first 8,000 signs.
 */
export function normalizeReport(text: string): string {
  const plain = text
    .slice(0, longestRead)
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”„«»「」『』＂]/g, '"')
    .toLowerCase()
    .replace(spaceAtHan, '');
  return [...plain].map((sign) => simplified.get(sign) ?? sign).join('');
}

const quoted = /"([^"\n]{1,40})"/g;

/**
 * Gives the text without what stands in double quotes, where a word quoted is a word doubted ("efficient") or
 * said by somebody else. Apostrophes are left alone: they are also part of English words.
 */
export function withoutQuotations(text: string): string {
  return text.replace(quoted, '""');
}
