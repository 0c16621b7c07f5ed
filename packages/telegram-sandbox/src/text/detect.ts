import type { Entity } from '../wire.js';

const patterns: readonly (readonly [string, RegExp])[] = [
  [
    'url',
    /(?<![\w@])(?:https?:\/\/[^\s<>"'，。；、）】」]+|(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:com|org|net|cn|gov|edu|io|dev|me|info|eu|de)(?:\/[^\s<>"'，。；、）】」]*)?)(?<![.,!?;:])/giu,
  ],
  ['email', /(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}/giu],
  ['bot_command', /(?<![\w/<>\p{L}])\/[a-zA-Z\d_]{1,64}(?:@\w{3,32})?(?![\w/])/gu],
  ['mention', /(?<![\w@\p{L}])@[a-zA-Z]\w{3,31}(?!\w)/gu],
  ['hashtag', /(?<![\w#\p{L}])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*/gu],
  ['cashtag', /(?<![\w$])\$[A-Z]{1,8}(?![\w$])/gu],
];

const overlaps = (a: Entity, b: Entity): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;
const opaque = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji']);

/** Finds what Telegram marks by itself (addresses, commands, mentions, tags) where nothing opaque stands already. */
export const detectEntities = (text: string, given: readonly Entity[]): readonly Entity[] => {
  const found: Entity[] = [];
  for (const [type, pattern] of patterns) {
    if (type === 'email' && !text.includes('@')) continue;
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      const taken = given.some((other) => opaque.has(other.type) && overlaps(other, entity));
      if (!taken && !found.some((other) => overlaps(other, entity))) found.push(entity);
    }
  }
  return found;
};
