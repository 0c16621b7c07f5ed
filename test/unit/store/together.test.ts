import { expect, test } from 'vitest';
import { sharedByKey, together } from '../../../src/store/together.js';

/** Answers when it is told to. */
function slowStore() {
  const asked: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const answerAll = async (questions: readonly number[]): Promise<readonly number[]> => {
    asked.push(questions);
    await new Promise<void>((resolve) => answers.push(resolve));
    return questions.map((question) => question * 10);
  };
  return { asked, answerAll, answerNext: () => answers.shift()?.() };
}

const nextTurn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

test('what is asked at different moments while an answer is on its way goes together', async () => {
  const { asked, answerAll, answerNext } = slowStore();
  const ask = together(answerAll);
  const first = ask(1);
  await nextTurn();
  const second = ask(2);
  await nextTurn();
  const third = ask(3);
  answerNext();
  expect(await first).toBe(10);
  await nextTurn();
  await nextTurn();
  answerNext();
  expect([await second, await third]).toEqual([20, 30]);
  expect(asked).toEqual([[1], [2, 3]]);
});

test('an answer that stays out does not hold up others, and nothing is asked twice', async () => {
  const { asked, answerAll, answerNext } = slowStore();
  let thirdIsAsked = (): void => undefined;
  const third = new Promise<void>((resolve) => (thirdIsAsked = resolve));
  const ask = together(async (questions: readonly number[]) => {
    if (questions.includes(3)) thirdIsAsked();
    return await answerAll(questions);
  });
  const answers = [ask(1)];
  await nextTurn();
  answers.push(ask(2));
  await nextTurn();
  answerNext();
  await answers[0];
  await nextTurn();
  // The second is asked and not answered; the third does not wait for it, and goes after the second's time is up as well.
  answers.push(ask(3));
  await third;
  expect(asked).toEqual([[1], [2], [3]]);
  answerNext();
  answerNext();
  expect(await Promise.all(answers)).toEqual([10, 20, 30]);
});

test('one of many that fails is no fault of the others, nor is their end', async () => {
  const ask = together(async (questions: readonly number[]) =>
    questions.map((question) => (question === 2 ? new Error('no') : question)),
  );
  const [one, two, three] = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(one).toMatchObject({ value: 1 });
  expect(two).toMatchObject({ reason: new Error('no') });
  expect(three).toMatchObject({ value: 3 });
});

test('what several ask at the same moment is read once, and each is told', async () => {
  const read: string[] = [];
  const ask = sharedByKey(
    async (name: string) => {
      read.push(name);
      return await Promise.resolve(name.toUpperCase());
    },
    (name) => name,
  );
  expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toEqual(['A', 'B', 'A']);
  expect(read).toEqual(['a', 'b']);
  expect(await ask('a')).toBe('A');
  expect(read).toEqual(['a', 'b', 'a']);
});
