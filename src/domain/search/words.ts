/** Which pieces of a text count as words to find it by, and how alike two sets of words are. Pure. */
import { normalizeReport } from '../routing/normalize.js';

/** Words that stand in every text say nothing about one. */
const empty = new Set([
  ...'的了是在和与及或也都就不有我你他她它这那们被把给让到从对向为以而但等着过还很又再吗呢吧啊之其于',
  ...'我们 你们 他们 公司 这个 那个 一个 没有 因为 所以 但是 现在'.split(' '),
  ...'the and for was were has have had not but our their with this that from been are they you'.split(' '),
]);

const isWord = (piece: string): boolean =>
  /^\p{Script=Han}+$/u.test(piece)
    ? !empty.has(piece)
    : /^[\p{L}\p{N}]{2,}$/u.test(piece) && !empty.has(piece);

/** The one written form in which a text is cut into pieces: half-width, lower case, simplified characters. */
export const searchForm = (text: string): string => normalizeReport(text);

/** Takes the pieces of a text in its search form, gives its words, each once. */
export const wordsOf = (pieces: readonly string[]): readonly string[] => [
  ...new Set(pieces.map((piece) => piece.trim()).filter(isWord)),
];

/** Pairs of neighbouring characters in long Chinese words: what no dictionary cuts is still found by its parts. */
export const partsOf = (words: readonly string[]): readonly string[] => [
  ...new Set(
    words
      .filter((word) => word.length > 2 && /^\p{Script=Han}+$/u.test(word))
      .flatMap((word) => [...word].slice(1).map((sign, i) => `${[...word][i] ?? ''}${sign}`)),
  ),
];

/** Jaccard's measure of two sets, 0…1: what they share over what they hold together. Two empty ones share nothing. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [new Set(a), new Set(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  const together = one.size + other.size - shared;
  return together === 0 ? 0 : shared / together;
}
