import { badRequest } from '../errors.js';
import type { Entity, FormattedText } from '../wire.js';

const ends: Readonly<Record<string, readonly [string, string]>> = {
  '*': ['*', 'bold'],
  _: ['_', 'italic'],
  '```': ['```', 'pre'],
  '`': ['`', 'code'],
};

const noEnd = (source: string, at: number): Error =>
  badRequest(
    `can't parse entities: Can't find end of the entity starting at byte offset ${Buffer.byteLength(source.slice(0, at))}`,
  );

/** Reads the legacy Markdown style: no nesting, an entity without an end is refused. */
export const parseMarkdown = (source: string): FormattedText => {
  const entities: Entity[] = [];
  let text = '';
  let index = 0;
  while (index < source.length) {
    const character = source[index] ?? '';
    if (character === '\\' && /[_*`[]/.test(source[index + 1] ?? '')) {
      text += source[index + 1] ?? '';
      index += 2;
      continue;
    }
    const mark = source.startsWith('```', index) ? '```' : character;
    const rule = ends[mark];
    if (rule) {
      const [end, type] = rule;
      const close = source.indexOf(end, index + mark.length);
      if (close < 0) throw noEnd(source, index);
      const body = source.slice(index + mark.length, close);
      if (body !== '') entities.push({ type, offset: text.length, length: body.length });
      text += body;
      index = close + end.length;
      continue;
    }
    const link = character === '[' ? /^\[([^\]]*)\]\(([^)]*)\)/.exec(source.slice(index)) : null;
    if (character === '[' && !source.includes(']', index)) throw noEnd(source, index);
    if (link) {
      const [whole, words = '', url = ''] = link;
      if (words !== '') entities.push({ type: 'text_link', offset: text.length, length: words.length, url });
      text += words;
      index += whole.length;
      continue;
    }
    text += character;
    index += 1;
  }
  return { text, entities };
};
