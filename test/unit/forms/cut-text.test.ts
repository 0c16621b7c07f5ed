import { expect, test } from 'vitest';
import { readCutText, type CutText } from '../../../src/domain/forms/cut-text.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 1, 0, second));
const full = '字'.repeat(4096);
const begin = (): CutText => {
  const begun = readCutText(null, { id: 10, at: at(0), text: full });
  if (!begun) throw new Error('a full message of 4,096 characters begins a text that is too long');
  return begun.of;
};

test('what follows a full message that no form takes belongs to it, to the first that is not full; the same message twice alike', () => {
  expect(readCutText(null, { id: 10, at: at(0), text: full })?.begins).toBe(true);
  const second = readCutText(begin(), { id: 14, at: at(1), text: full });
  expect(second?.begins).toBe(false);
  const tail = { id: 15, at: at(3), text: '结尾' };
  const third = readCutText(second?.of ?? null, tail);
  expect(third?.begins).toBe(false);
  const over = third?.of ?? null;
  expect(readCutText(over, tail)?.begins).toBe(false);
  expect(readCutText(over, { id: 14, at: at(1), text: full })?.begins).toBe(false);
  expect(readCutText(over, { id: 16, at: at(3), text: '另一句' })).toBeNull();
});

test('nothing else is taken for the rest: what comes later, came before, or follows a text that forms take', () => {
  expect(readCutText(begin(), { id: 11, at: at(3), text: '三秒以后' })).toBeNull();
  expect(readCutText(begin(), { id: 9, at: at(0), text: '在它之前' })).toBeNull();
  expect(readCutText(null, { id: 1, at: at(0), text: '字'.repeat(3500) })).toBeNull();
  // 2,047 characters, each of two units.
  expect(readCutText(null, { id: 1, at: at(0), text: '🏭'.repeat(2047) })).toBeNull();
});
