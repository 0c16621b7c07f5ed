import { badRequest } from '../errors.js';
import type { Entity, FormattedText } from '../wire.js';
import { cleanText } from './clean.js';
import { detectEntities } from './detect.js';
import { parseHtml } from './html.js';
import { parseMarkdown } from './markdown.js';
import { parseMarkdownV2 } from './markdown-v2.js';

const parseByMode = (text: string, mode: string): FormattedText => {
  const name = mode.toLowerCase();
  if (name === 'html') return parseHtml(text);
  if (name === 'markdownv2') return parseMarkdownV2(text);
  if (name === 'markdown') return parseMarkdown(text);
  throw badRequest('unsupported parse_mode');
};

const splitsPair = (text: string, offset: number): boolean => {
  const code = text.charCodeAt(offset);
  return code >= 0xdc_00 && code <= 0xdf_ff;
};

/** Checks entities given by hand; offsets and lengths are UTF-16 units. */
const checkGiven = (text: string, entities: readonly Entity[]): readonly Entity[] => {
  for (const { offset, length } of entities) {
    if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
    if (offset > text.length)
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
    const end = offset + length;
    if (end > text.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
      );
    }
    if (splitsPair(text, offset)) {
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${offset}`);
    }
    if (splitsPair(text, end)) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at UTF-16 offset ${end}`,
      );
    }
  }
  return entities.filter(({ length }) => length > 0);
};

const byPosition = (a: Entity, b: Entity): number => a.offset - b.offset || b.length - a.length;

export type FormatRequest = {
  readonly text: string;
  readonly parseMode?: string | undefined;
  readonly entities?: readonly Entity[] | undefined;
};

/** Makes the text a person will see: style parsed, cleaned, trimmed, entities complete and in order. May come out empty. */
export const formatText = ({ text, parseMode, entities }: FormatRequest): FormattedText => {
  const styled = parseMode
    ? parseByMode(text, parseMode)
    : { text, entities: checkGiven(text, entities ?? []) };
  const clean = cleanText(styled);
  const all = [...clean.entities, ...detectEntities(clean.text, clean.entities)];
  const seen = new Set<string>();
  const unique = all.filter(({ type, offset, length }) => {
    const key = `${type}:${offset}:${length}`;
    return !seen.has(key) && seen.add(key);
  });
  return { text: clean.text, entities: unique.sort(byPosition) };
};

/** A message's text: 1–4096 UTF-16 units after parsing. */
export const formatMessageText = (request: FormatRequest): FormattedText => {
  if (request.text === '') throw badRequest('message text is empty');
  const formatted = formatText(request);
  if (formatted.text === '') throw badRequest('text must be non-empty');
  if (formatted.text.length > 4096) throw badRequest('message is too long');
  return formatted;
};

/** A caption: 0–1024 UTF-16 units after parsing. */
export const formatCaption = (request: FormatRequest): FormattedText => {
  const formatted = formatText(request);
  if (formatted.text.length > 1024) throw badRequest('message caption is too long');
  return formatted;
};
