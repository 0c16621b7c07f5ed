/** What a department reads of a text below `open` (rules §6). Pure. */
import { isLower } from '../access.js';
import type { Confidentiality } from '../taxonomy.js';
import { halfWidth, marksIn, masked, type Mark, type Writer } from './mask.js';

/** A text of a case, as far as a department's version of it goes. */
interface Told {
  readonly side: 'enterprise' | 'department' | 'commission';
  readonly text: string;
  /** What the duty officer approved, and at which level; what an earlier version stored does not say. */
  readonly departmentText: string | null;
  readonly departmentLevel?: Confidentiality;
}

/**
 * What is still covered of a text, of its approved version where there is one, before a department reads it. An approval
 * holds for its level: while the name was open it was right to leave it in. Staff keep the names and numbers they write,
 * but for those of the enterprise: they may have used them while these were open.
 */
export function departmentMarks(
  { side, text, departmentText, departmentLevel }: Told,
  confidentiality: Confidentiality,
  writer: Writer,
): readonly Mark[] {
  if (confidentiality === 'open') return [];
  if (departmentText !== null)
    return isLower(departmentLevel ?? 'open', confidentiality) ? marksIn(departmentText, writer) : [];
  const marks = marksIn(text, writer);
  return side === 'enterprise' ? marks : marks.filter((mark) => isOf(writer, text, mark));
}

/** The text as a department reads it. */
export const departmentVersion = (told: Told, confidentiality: Confidentiality, writer: Writer): string =>
  masked(told.departmentText ?? told.text, departmentMarks(told, confidentiality, writer));

function isOf({ people, numbers }: Writer, text: string, { kind, start, end }: Mark): boolean {
  const words = text.slice(start, end);
  if (kind === 'enterprise') return true;
  if (kind === 'name') return people.includes(words);
  // With and without the country's code.
  return numbers.some((own) => bare(own).endsWith(bare(words)) || bare(words).endsWith(bare(own)));
}

/** A number is written in groups by one and in a row by another. */
const bare = (words: string): string =>
  halfWidth(words)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
