import type { Entity } from '../model.js';

/** A run of text, or an entity around further nodes. */
export type RichNode =
  | { readonly text: string }
  | { readonly entity: Entity; readonly source: string; readonly children: readonly RichNode[] };

interface Span {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Nests entities (UTF-16 offsets, as Telegram counts) into a tree; those that overlap or overrun are cut to fit. */
export function richNodes(text: string, entities: readonly Entity[] = []): readonly RichNode[] {
  const ordered = entities
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return nest({ text, from: 0, to: text.length }, ordered);
}

function nest({ text, from, to }: Span, entities: readonly Entity[]): readonly RichNode[] {
  const nodes: RichNode[] = [];
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    if (!entity || entity.offset >= to) break;
    if (entity.offset < at) {
      rest = others;
      continue;
    }
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) nodes.push({ text: text.slice(at, entity.offset) });
    const inside = others.filter((one) => one.offset < end);
    nodes.push({
      entity,
      source: text.slice(entity.offset, end),
      children: nest({ text, from: entity.offset, to: end }, inside),
    });
    at = end;
    rest = others.filter((one) => one.offset >= end);
  }
  if (at < to) nodes.push({ text: text.slice(at, to) });
  return nodes;
}

const blocks: readonly string[] = ['pre', 'blockquote', 'expandable_blockquote'];

/** The words of a run of text as drawn: after a block the line break that ends the block's own line is not drawn again. */
export function drawnText(text: string, before: RichNode | undefined): string {
  const afterBlock = before !== undefined && 'entity' in before && blocks.includes(before.entity.type);
  return afterBlock && text.startsWith('\n') ? text.slice(1) : text;
}

/** Where a link entity leads; undefined when it is no link or its scheme is not a safe one. */
export function linkOf(entity: Entity, source: string): string | undefined {
  if (entity.type === 'email') return `mailto:${source}`;
  if (entity.type === 'phone_number') return `tel:${source}`;
  if (entity.type === 'mention') return `https://t.me/${source.slice(1)}`;
  if (entity.type !== 'url' && entity.type !== 'text_link') return undefined;
  const target = entity.url ?? source;
  const full = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `https://${target}`;
  return URL.canParse(full) && ['http:', 'https:', 'tg:', 'mailto:'].includes(new URL(full).protocol)
    ? full
    : undefined;
}
