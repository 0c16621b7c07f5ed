/**
 * A family is a group of words that say the same thing with the same force. Weight 3 decides alone, 2
 * needs little help, 1.5 needs a second cue of another family, 1 only tips a balance.
 */
export type Family<Category extends string> = {
  readonly means: Category;
  readonly weight: number;
  readonly words: RegExp;
  /** Where "not" before the words takes them back; which words of negation count. */
  readonly negation?: RegExp;
};

export type Hit<Category extends string> = {
  readonly means: Category;
  readonly weight: number;
  readonly word: string;
  readonly at: number;
};

const clauseBefore = 24;
const clauseEnd = /[,，。;；!！?？:：\n]|但是|可是|不过|\b(?:but|however)\b/giu;

/**
 * Finds every family that speaks in the text, once per different word; negated words are left out, and so are
 * words inside a stronger hit of the same category: one phrase is one piece of evidence.
 */
export function findHits<Category extends string>(
  text: string,
  families: readonly Family<Category>[],
): readonly Hit<Category>[] {
  const found = families.flatMap((family) => hitsOf(text, family));
  const kept: Hit<Category>[] = [];
  for (const hit of found.toSorted((one, other) => other.weight - one.weight)) {
    const covered = kept.some((other) => other.means === hit.means && overlaps(other, hit));
    if (!covered) kept.push(hit);
  }
  return kept;
}

function overlaps(one: Hit<string>, other: Hit<string>): boolean {
  return one.at < other.at + other.word.length && other.at < one.at + one.word.length;
}

function hitsOf<Category extends string>(text: string, family: Family<Category>): Hit<Category>[] {
  const seen = new Set<string>();
  const hits: Hit<Category>[] = [];
  for (const match of text.matchAll(family.words)) {
    const word = match[0].trim();
    if (word === '' || seen.has(word)) continue;
    if (family.negation?.test(clauseUpTo(text, match.index)) === true) continue;
    seen.add(word);
    // Repetition in other words strengthens a little; the sixth synonym proves nothing more.
    const weight = hits.length === 0 ? family.weight : hits.length < 3 ? 0.5 : 0;
    hits.push({ means: family.means, weight, word, at: match.index });
  }
  return hits;
}

function clauseUpTo(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - clauseBefore), end);
  return before.split(clauseEnd).at(-1) ?? '';
}

/** Adds up the hits of one category. */
export function scoreOf<Category extends string>(hits: readonly Hit<Category>[], means: Category): number {
  return hits.reduce((sum, hit) => (hit.means === means ? sum + hit.weight : sum), 0);
}

/** The words that speak for one category, the strongest five, in the order of the text. */
export function wordsOf<Category extends string>(
  hits: readonly Hit<Category>[],
  means: Category,
): readonly string[] {
  const own = hits.filter((hit) => hit.means === means);
  const strongest = own.toSorted((one, other) => other.weight - one.weight).slice(0, 5);
  return [...new Set(strongest.toSorted((one, other) => one.at - other.at).map((hit) => hit.word))];
}
