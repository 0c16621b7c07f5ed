import { expect, test } from 'vitest';
import type { Entity } from '../../web/model.js';
import { drawnText, linkOf, richNodes, type RichNode } from '../../web/rich/entities.js';

const entity = (type: string, offset: number, length: number): Entity => ({ type, offset, length });

/** The tree in short: text as it is, an entity as type(children). */
const short = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => ('text' in node ? node.text : `${node.entity.type}(${short(node.children)})`)).join('');

test('entities nest by their UTF-16 offsets, emoji counting two', () => {
  expect(short(richNodes('🙂 bold link', [entity('bold', 3, 9), entity('italic', 8, 4)]))).toBe(
    '🙂 bold(bold italic(link))',
  );
});

test('of two entities that begin together the longer one is outside, whatever their order', () => {
  const given = [entity('italic', 0, 2), entity('bold', 0, 4)];
  expect(short(richNodes('abcd', given))).toBe('bold(italic(ab)cd)');
});

test('overlapping, overrunning, empty and misplaced entities never lose or repeat a letter', () => {
  const given = [
    entity('bold', 0, 4),
    entity('italic', 2, 4),
    entity('code', 5, 99),
    entity('spoiler', 6, 0),
    entity('underline', 50, 2),
    entity('underline', -3, 5),
  ];
  const letters = (nodes: readonly RichNode[]): string =>
    nodes.map((node) => ('text' in node ? node.text : letters(node.children))).join('');
  expect(letters(richNodes('abcdefgh', given))).toBe('abcdefgh');
});

test('a link leads only to schemes that cannot run anything', () => {
  const to = (url: string): string | undefined => linkOf({ ...entity('text_link', 0, 1), url }, 'x');
  expect(to('https://example.org/a')).toBe('https://example.org/a');
  expect(to('example.org')).toBe('https://example.org');
  expect(to('tg://user?id=1')).toBe('tg://user?id=1');
  expect(to('javascript:alert(1)')).toBeUndefined();
  expect(to('data:text/html,x')).toBeUndefined();
  expect(linkOf(entity('bold', 0, 1), 'https://example.org')).toBeUndefined();
});

test('the line break after a quotation ends its line and leaves no empty one; other line breaks stay', () => {
  const [quote, after] = richNodes('quoted\n\nafter', [entity('blockquote', 0, 6)]);
  const text = after && 'text' in after ? after.text : '';
  expect(drawnText(text, quote)).toBe('\nafter');
  expect(drawnText('\nafter', richNodes('x', [entity('bold', 0, 1)])[0])).toBe('\nafter');
  expect(drawnText('\nafter', undefined)).toBe('\nafter');
});
