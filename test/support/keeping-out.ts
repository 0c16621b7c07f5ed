/** Reports that say who must not see them. */
import { expect } from 'vitest';
import type { ViewMessage } from 'telegram-sandbox';
import { cast, type Channel } from './channel.js';
import { fillIn } from './reporting.js';
import { numberIn } from './steps.js';

/** Says in a report who must not see it; gives the review screen. */
export async function wishFor(
  channel: Channel,
  words: string,
  departments: readonly string[],
  names?: string,
): Promise<ViewMessage> {
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await owner.say(words);
  const { screen } = await fillIn(owner, { until: 'review', since });
  expect(screen.text).toMatch(/回避：\s*无/);
  await owner.press('✏️ 回避', { message: screen });
  for (const department of departments) await owner.press(department, { message: screen });
  let last = screen;
  if (names !== undefined) {
    since = owner.mark();
    await owner.say(names);
    last = await owner.waitFor(/已选：/, { since });
  }
  await owner.press('好了 »', { message: last });
  const review = await owner.waitFor(({ text = '' }) => /请看一遍/.test(text) && /回避：/.test(text), {
    since,
  });
  expect(review.text).toContain([...departments, ...(names === undefined ? [] : [names])].join('、'));
  return review;
}

/** Reports and says in the report who must not see it; gives the number. */
export async function reportWithout(
  channel: Channel,
  words: string,
  departments: readonly string[],
  names?: string,
): Promise<string> {
  const owner = channel.person(cast.owner);
  const review = await wishFor(channel, words, departments, names);
  const since = owner.mark();
  await owner.press('下一步 »', { message: review });
  await owner.press('📨 确认提交', { message: review });
  return numberIn((await owner.waitFor(/✅ 已提交/, { since })).text ?? '');
}
