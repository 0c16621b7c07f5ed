import type { Entity, FormattedText } from '../wire.js';

// Removed: carriage returns, line separators and direction overrides. Turned into a space: other control characters.
const removed = (code: number): boolean => code === 0x0d || (code >= 0x20_28 && code <= 0x20_2e);
const spaced = (code: number): boolean => code < 0x20 && code !== 0x0a;

const isBlank = (character: string | undefined): boolean =>
  character !== undefined && /[\s\u200b]/.test(character);

const cleanCharacters = (text: string): { clean: string; position: (offset: number) => number } => {
  let needed = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (removed(code) || spaced(code)) needed = true;
  }
  if (!needed) return { clean: text, position: (offset) => offset };
  const positions: number[] = [];
  let clean = '';
  for (let index = 0; index < text.length; index += 1) {
    positions.push(clean.length);
    const code = text.charCodeAt(index);
    if (!removed(code)) clean += spaced(code) ? ' ' : text.charAt(index);
  }
  return { clean, position: (offset) => positions[offset] ?? clean.length };
};

/** Cleans a text the way Telegram's servers do and trims it; entities move along and vanish when nothing is left of them. */
export const cleanText = ({ text, entities }: FormattedText): FormattedText => {
  const { clean, position } = cleanCharacters(text);
  let start = 0;
  let end = clean.length;
  while (end > 0 && isBlank(clean[end - 1])) end -= 1;
  while (start < end && isBlank(clean[start])) start += 1;
  const moved = entities.flatMap((entity): Entity[] => {
    const from = Math.max(position(entity.offset), start);
    const to = Math.min(position(entity.offset + entity.length), end);
    return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
  return { text: clean.slice(start, end), entities: moved };
};
