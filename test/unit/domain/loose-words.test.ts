import { expect, test } from 'vitest';
import { decide } from '../../../src/domain/decide.js';
import { expectsWords, isGreeting, wordsTransition } from '../../../src/domain/loose-words.js';
import type { Viewer } from '../../../src/domain/people.js';
import { filed, monday, rules, step } from './case-of-test.js';

const duty: Viewer = { personId: 'duty', role: 'duty' };
const reporter: Viewer = { personId: 'reporter', role: 'enterprise' };

/** The duty officer asks in update 42. */
const asked = () => {
  const ask = { name: 'ask-more' as const, viewer: duty, input: { messageIds: ['q'] }, now: monday };
  const decision = decide(filed(), { ...ask, causeId: '7001:42' }, rules);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.next;
};
const offered = ['message', 'supplement'] as const;

test('words that came after the question are its answer, words from before it a message', () => {
  const takes = (causeId: string) => wordsTransition(asked(), { offered, causeId });
  expect(takes('7001:43')).toBe('supplement');
  expect(takes('7001:41+')).toBe('message');
});

test('a case that takes no message takes no words', () => {
  const words = { offered: ['reopen'], causeId: '7001:43' } as const;
  expect(wordsTransition(asked(), words)).toBeNull();
});

test('words are expected where the case waits for them, or the last word was not the reporter’s', () => {
  expect(expectsWords(filed())).toBe(false);
  const told = step(filed(), 'message', duty, monday);
  expect(expectsWords(told)).toBe(true);
  expect(expectsWords(step(told, 'message', reporter, monday))).toBe(false);
  // What he says besides leaves the question open.
  expect(expectsWords(step(asked(), 'message', reporter, monday))).toBe(true);
  expect(expectsWords(step(told, 'withdraw', reporter, monday))).toBe(false);
});

test.each(['你好', '您好！', '在吗？', 'Hi', 'hello there', 'Good morning.'])('%s is a greeting', (words) => {
  expect(isGreeting(words)).toBe(true);
});

test.each(['好', '你好，窗口一直不办', 'hi, the window', 'history'])('%s is none', (words) => {
  expect(isGreeting(words)).toBe(false);
});
