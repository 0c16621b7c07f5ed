import { badRequest } from '../errors.js';
import type { Entity, FormattedText } from '../wire.js';

const reserved = new Set('_*[]()~`>#+-=|{}.!');
const names: Readonly<Record<string, string>> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  text_link: 'TextUrl',
};
const marks: readonly (readonly [string, string])[] = [
  ['||', 'spoiler'],
  ['__', 'underline'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
];

type Open = {
  readonly type: string;
  readonly at: number;
  readonly sourceAt: number;
  readonly isExpandable?: boolean;
};

const broken = (reason: string): Error => badRequest(`can't parse entities: ${reason}`);

type State = {
  readonly source: string;
  index: number;
  text: string;
  readonly entities: Entity[];
  readonly stack: Open[];
};

const noEnd = (state: State, { type, sourceAt }: Open): Error => {
  const byte = Buffer.byteLength(state.source.slice(0, sourceAt));
  return broken(`Can't find end of ${names[type] ?? type} entity at byte offset ${byte}`);
};

const pushEntity = (state: State, entity: Entity): void => {
  if (entity.length > 0) state.entities.push(entity);
};

/** Takes characters up to `end`, undoing escapes; returns undefined when the end never comes. */
const takeUntil = (state: State, end: string): string | undefined => {
  let taken = '';
  for (let at = state.index; at < state.source.length; at += 1) {
    if (state.source.startsWith(end, at)) {
      state.index = at + end.length;
      return taken;
    }
    if (state.source[at] === '\\' && at + 1 < state.source.length) at += 1;
    taken += state.source[at] ?? '';
  }
  return undefined;
};

const readCode = (state: State): void => {
  const sourceAt = state.index;
  const fence = state.source.startsWith('```', state.index) ? '```' : '`';
  state.index += fence.length;
  const type = fence === '`' ? 'code' : 'pre';
  const content = takeUntil(state, fence);
  if (content === undefined) throw noEnd(state, { type, at: 0, sourceAt });
  const [, language, rest] = (type === 'pre' && /^([^\s`]*)\n([^]*)$/.exec(content)) || [
    undefined,
    '',
    content,
  ];
  const body = rest ?? content;
  pushEntity(state, {
    type,
    offset: state.text.length,
    length: body.length,
    language: language || undefined,
  });
  state.text += body;
};

const closeLink = (state: State, open: Open): void => {
  state.index += 1;
  const length = state.text.length - open.at;
  if (state.source[state.index] !== '(') {
    return;
  }
  state.index += 1;
  const url = takeUntil(state, ')');
  if (url === undefined)
    throw broken(
      `Can't find end of a URL at byte offset ${Buffer.byteLength(state.source.slice(0, open.sourceAt))}`,
    );
  pushEntity(state, {
    type: 'text_link',
    offset: open.at,
    length,
    url: /^[\w.+-]+:/.test(url) ? url : `http://${url}/`,
  });
};

const closeQuote = (state: State): void => {
  const top = state.stack.at(-1);
  if (top?.type !== 'blockquote') return;
  state.stack.pop();
  const type = top.isExpandable ? 'expandable_blockquote' : 'blockquote';
  pushEntity(state, { type, offset: top.at, length: state.text.length - top.at });
};

const atLineStart = (state: State): boolean => state.text === '' || state.text.endsWith('\n');

/** One step over a character that means something; false when it is an ordinary one. */
const readMark = (state: State): boolean => {
  const character = state.source[state.index] ?? '';
  const top = state.stack.at(-1);
  if (character === '`') {
    readCode(state);
    return true;
  }
  if (top?.type === 'blockquote' && /^\|\|(?:\n|$)/.test(state.source.slice(state.index, state.index + 3))) {
    state.stack[state.stack.length - 1] = { ...top, isExpandable: true };
    state.index += 2;
    return true;
  }
  if (state.source.startsWith('**>', state.index) && atLineStart(state)) {
    closeQuote(state);
    state.index += 2;
  }
  if (state.source[state.index] === '>' && atLineStart(state)) {
    if (state.stack.at(-1)?.type !== 'blockquote')
      state.stack.push({ type: 'blockquote', at: state.text.length, sourceAt: state.index });
    state.index += 1;
    return true;
  }
  if (character === '[') {
    state.stack.push({ type: 'text_link', at: state.text.length, sourceAt: state.index });
    state.index += 1;
    return true;
  }
  if (character === ']' && top?.type === 'text_link') {
    state.stack.pop();
    closeLink(state, top);
    return true;
  }
  const mark = marks.find(([sign]) => state.source.startsWith(sign, state.index));
  if (!mark) return false;
  const [sign, type] = mark;
  if (top?.type === type) {
    state.stack.pop();
    pushEntity(state, { type, offset: top.at, length: state.text.length - top.at });
  } else {
    state.stack.push({ type, at: state.text.length, sourceAt: state.index });
  }
  state.index += sign.length;
  return true;
};

/** Reads MarkdownV2; refuses unescaped reserved characters and entities without an end, with Telegram's reasons. */
export const parseMarkdownV2 = (source: string): FormattedText => {
  const state: State = { source, index: 0, text: '', entities: [], stack: [] };
  while (state.index < source.length) {
    const character = source[state.index] ?? '';
    const following = source[state.index + 1];
    if (character === '\\' && following !== undefined && following.charCodeAt(0) <= 126) {
      state.text += following;
      state.index += 2;
      continue;
    }
    if (readMark(state)) continue;
    if (reserved.has(character)) {
      throw broken(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
    }
    state.text += character;
    state.index += 1;
    if (character === '\n' && source[state.index] !== '>') closeQuote(state);
  }
  closeQuote(state);
  const unclosed = state.stack.at(-1);
  if (unclosed) throw noEnd(state, unclosed);
  return { text: state.text, entities: state.entities };
};
