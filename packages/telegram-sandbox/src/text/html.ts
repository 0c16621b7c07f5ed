import { badRequest } from '../errors.js';
import type { Entity, FormattedText } from '../wire.js';

const plainTags: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
};

type OpenTag = {
  readonly tag: string;
  readonly at: number;
  readonly entity: Partial<Entity> & { readonly type?: string };
};

const broken = (reason: string): Error => badRequest(`can't parse entities: ${reason}`);
const bytesBefore = (source: string, index: number): number => Buffer.byteLength(source.slice(0, index));

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const decodeReferences = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
    const code =
      typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });

const readAttributes = (source: string): Map<string, string> => {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(
    /([a-z][a-z-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi,
  )) {
    attributes.set(name.toLowerCase(), decodeReferences(double ?? single ?? bare ?? ''));
  }
  return attributes;
};

const entityOf = (tag: string, attributes: Map<string, string>): OpenTag['entity'] | undefined => {
  const plain = plainTags[tag];
  if (tag === 'code' && attributes.get('class')?.startsWith('language-')) {
    return { type: 'code', language: attributes.get('class')?.slice('language-'.length) };
  }
  if (plain) return { type: plain };
  if (tag === 'span') return attributes.get('class') === 'tg-spoiler' ? { type: 'spoiler' } : undefined;
  if (tag === 'blockquote')
    return { type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote' };
  if (tag === 'a') return { type: 'text_link', url: attributes.get('href') };
  if (tag === 'tg-emoji') return { type: 'custom_emoji', custom_emoji_id: attributes.get('emoji-id') ?? '' };
  return undefined;
};

const closeTag = ({
  open,
  end,
  content,
}: {
  open: OpenTag;
  end: number;
  content: string;
}): Entity | undefined => {
  const { entity, at } = open;
  if (end === at || entity.type === undefined) return undefined;
  if (entity.type === 'custom_emoji' && !/^\d{1,19}$/.test(entity.custom_emoji_id ?? '')) {
    throw broken('Invalid custom emoji identifier specified');
  }
  if (entity.type !== 'text_link') return { ...entity, type: entity.type, offset: at, length: end - at };
  const url = entity.url || content;
  // Telegram drops a link it cannot use and keeps the words.
  if (!/^[\w.+-]+:|\./.test(url)) return undefined;
  return {
    type: 'text_link',
    offset: at,
    length: end - at,
    url: /^[\w.+-]+:/.test(url) ? url : `http://${url}/`,
  };
};

/** Reads the HTML style of the Bot API; refuses unknown, unmatched and unclosed tags with Telegram's reasons. */
export const parseHtml = (source: string): FormattedText => {
  const entities: Entity[] = [];
  const stack: OpenTag[] = [];
  let text = '';
  let index = 0;
  while (index < source.length) {
    const next = source.indexOf('<', index);
    text += decodeReferences(source.slice(index, next < 0 ? undefined : next));
    if (next < 0) break;
    const end = source.indexOf('>', next);
    const byte = bytesBefore(source, next);
    if (end < 0) throw broken(`Unclosed start tag at byte offset ${byte}`);
    const body = source.slice(next + 1, end);
    index = end + 1;
    if (body.startsWith('/')) {
      const name = body.slice(1).trim().toLowerCase();
      const open = stack.pop();
      if (!open) throw broken(`Unexpected end tag at byte offset ${byte}`);
      if (name !== '' && name !== open.tag) {
        throw broken(
          `Unmatched end tag at byte offset ${byte}, expected "</${open.tag}>", found "</${name}>"`,
        );
      }
      const entity = closeTag({ open, end: text.length, content: text.slice(open.at) });
      if (entity) entities.push(entity);
      continue;
    }
    const tag = /^[a-z][a-z\d-]*/i.exec(body)?.[0].toLowerCase() ?? '';
    const entity = entityOf(tag, readAttributes(body.slice(tag.length)));
    if (!entity) throw broken(`Unsupported start tag "${tag}" at byte offset ${byte}`);
    stack.push({ tag, at: text.length, entity });
  }
  const unclosed = stack.at(-1);
  if (unclosed) throw broken(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities: mergePreCode(entities) };
};

/** `<pre><code class="language-x">` is one pre entity with a language. */
const mergePreCode = (entities: readonly Entity[]): readonly Entity[] => {
  const sameSpan = (a: Entity, b: Entity): boolean => a.offset === b.offset && a.length === b.length;
  const languages = entities.filter(({ type, language }) => type === 'code' && language !== undefined);
  return entities.flatMap((entity) => {
    const isInner = entities.some((outer) => outer.type === 'pre' && sameSpan(outer, entity));
    if (entity.type === 'code') return isInner ? [] : [{ ...entity, language: undefined }];
    if (entity.type !== 'pre') return [entity];
    return [{ ...entity, language: languages.find((inner) => sameSpan(inner, entity))?.language }];
  });
};
