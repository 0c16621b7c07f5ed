import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../src/errors.js';
import { createSeal, type Place } from '../../src/seal.js';

const dataKey = Buffer.alloc(32, 7);
const seal = createSeal({ dataKey });
const place: Place = { collection: 'inbox', id: '1:2', field: 'payload' };

describe('seal and open', () => {
  test.each([['营业执照卡了三个月 🙏'], [''], [null], [0], [{ a: [1, { b: '二' }] }], [['x']]])(
    '%j comes back as it was',
    (value) => {
      expect(seal.open(place, seal.seal(place, value))).toEqual(value);
    },
  );

  test('the sealed text shows nothing of the value and differs every time', () => {
    const sealed = seal.seal(place, 'Wang Xiaoming 13800000000');
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').includes('Wang')).toBe(false);
    expect(seal.seal(place, 'Wang Xiaoming 13800000000')).not.toBe(sealed);
  });

  test.each([
    [{ ...place, collection: 'drafts' }],
    [{ ...place, id: '1:3' }],
    [{ ...place, field: 'text' }],
    [{ collection: 'inbox1', id: ':2', field: 'payload' }],
  ])('a sealed text that was moved to %j does not open', (other) => {
    expect(() => seal.open(other, seal.seal(place, 'x'))).toThrow(InvariantError);
  });

  test('not one bit of a sealed text can be changed', () => {
    const bytes = Buffer.from(seal.seal(place, { text: 'hello' }), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => seal.open(place, changed.toString('base64url'))).toThrow(InvariantError);
    }
  });

  test('a sealed text that was cut short does not open', () => {
    const bytes = Buffer.from(seal.seal(place, 'hello'), 'base64url');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => seal.open(place, bytes.subarray(0, length).toString('base64url'))).toThrow(InvariantError);
    }
  });

  test('another key does not open it, and the complaint says why without the value', () => {
    const other = createSeal({ dataKey: randomBytes(32) });
    expect(() => other.open(place, seal.seal(place, 'secret'))).toThrow(
      /inbox\.payload was sealed under another key/,
    );
  });

  test('a key of the wrong length and a value that is not JSON are refused', () => {
    expect(() => createSeal({ dataKey: Buffer.alloc(31) })).toThrow(InvariantError);
    expect(() => seal.seal(place, undefined)).toThrow(InvariantError);
  });
});

describe('look-ups and tags', () => {
  test('a number and its digits are looked up alike, other values and other spaces not', () => {
    expect(seal.lookup('user', 1001)).toBe(seal.lookup('user', '1001'));
    expect(seal.lookup('user', 1001)).not.toBe(seal.lookup('user', 1002));
    expect(seal.lookup('user', 1001)).not.toBe(seal.lookup('chat', 1001));
    expect(seal.lookup('a', 'bc')).not.toBe(seal.lookup('ab', 'c'));
    expect(seal.lookup('user', 1001)).toMatch(/^[\w-]{32}$/);
  });

  test('hashes stay the same over restarts and depend on the key', () => {
    expect(createSeal({ dataKey }).lookup('user', 1)).toBe(seal.lookup('user', 1));
    expect(createSeal({ dataKey: Buffer.alloc(32, 8) }).lookup('user', 1)).not.toBe(seal.lookup('user', 1));
    expect(createSeal({ dataKey: Buffer.alloc(32, 8) }).keyId).not.toBe(seal.keyId);
  });

  test('a tag has the length asked for and is not a look-up of the same text', () => {
    for (const length of [1, 6, 43]) expect(seal.tag('button', 'x', length)).toHaveLength(length);
    expect(seal.lookup('button', 'x').startsWith(seal.tag('button', 'x', 10))).toBe(false);
    for (const length of [0, 44, 1.5]) expect(() => seal.tag('button', 'x', length)).toThrow(InvariantError);
  });
});
