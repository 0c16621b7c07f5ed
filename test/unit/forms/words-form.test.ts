/** How much has to be said in a form of words: reasons, explanations and questions need a few letters, talk does not. */
import { describe, expect, test } from 'vitest';
import type { FormStep, Taken } from '../../../src/domain/forms/form.js';
import {
  choicesOf,
  emptyWords,
  wordsSteps,
  type WordsAnswers,
} from '../../../src/domain/forms/words-form.js';
import type { FormName } from '../../../src/domain/transitions/row.js';

const wordsOf = (form: FormName, transition: string | null = null): FormStep<WordsAnswers> => {
  const step = wordsSteps(form, transition).at(-1);
  if (!step) throw new Error(`${form} has no words`);
  return step;
};
const say = (text: string, form: FormName, transition: string | null = null): Taken<WordsAnswers> => {
  const [choice] = choicesOf(form);
  const begun = choice === undefined ? emptyWords : { ...emptyWords, choice };
  return wordsOf(form, transition).take(begun, { type: 'text', text });
};

describe.each(['redo', 'decline', 'return', 'extension', 'explain', 'ask-more', 'withdraw', 'call'] as const)(
  'what is written for %s',
  (form) => {
    test.each(['不', 'n', '1', '。', '?', '12345678', '不 行 啊！！', 'no…'])(
      '%s says too little',
      (text) => {
        expect(say(text, form)).toEqual({ ok: false, refusal: 'says-too-little' });
      },
    );

    test.each(['材料不全', 'late', '不，行，了，吧'])('%s says enough', (text) => {
      expect(say(text, form)).toMatchObject({ ok: true, answers: { text } });
    });
  },
);

test('one letter is a message, a comment, a note, an answer; but no first contact', () => {
  for (const form of ['message', 'comment', 'note', 'supplement', 'resume'] as const)
    expect(say('好', form)).toMatchObject({ ok: true });
  expect(say('ok', 'message', 'message')).toMatchObject({ ok: true });
  expect(say('ok', 'message', 'contact')).toEqual({ ok: false, refusal: 'says-too-little' });
  expect(say('您好，已收到', 'message', 'contact')).toMatchObject({ ok: true });
});

test('a file speaks for itself, whatever is written under it', () => {
  const file = { kind: 'photo', fileId: 'f', uniqueId: 'u' } as const;
  const input = { type: 'file', file, caption: '见图' } as const;
  expect(wordsOf('explain').take(emptyWords, input)).toMatchObject({ ok: true, answers: { text: '见图' } });
});
