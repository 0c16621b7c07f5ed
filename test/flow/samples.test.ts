import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogs } from '../../src/text/catalog.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn } from '../support/reporting.js';
import { arrive, numberIn } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  await arrive(channel.person(cast.owner));
  await arrive(channel.person(cast.duty));
});
afterAll(async () => await channel.stop());

const { kind, domain, conduct } = catalogs.zh.words;

interface Label {
  readonly text: string;
  readonly kind: string;
  readonly domain?: string;
  readonly conduct?: string;
  readonly track?: string;
  readonly urgent?: boolean;
}

interface Proposed {
  readonly label: Label;
  readonly review: string;
  readonly receipt: string;
  readonly number: string;
}

const wordFor = (words: Readonly<Record<string, string>>, name = ''): string => words[name] ?? '';

/** How many of those that carry this label are shown as labelled. */
function agreeing(
  told: readonly Proposed[],
  field: 'kind' | 'domain' | 'conduct' | 'urgent' | 'track',
  shown: (one: Proposed) => boolean,
): string {
  const judged = told.filter(({ label }) => label[field] !== undefined);
  return `${judged.filter(shown).length}/${judged.length}`;
}

test('all 24 sample reports go through the bot, and what it proposes agrees with the labels', async () => {
  const owner = channel.person(cast.owner);
  const told: Proposed[] = [];
  for (const label of reports as readonly Label[]) {
    const since = owner.mark();
    await owner.say(label.text);
    const { screen: review } = await fillIn(owner, { until: 'review', since });
    await owner.press('下一步 »', { message: review });
    await owner.press('📨 确认提交', { message: review });
    const receipt = await owner.waitFor(
      ({ messageId, text = '' }) => messageId === review.messageId && text.includes('ZT-'),
    );
    const number = numberIn(receipt.text ?? '');
    told.push({ label, review: review.text ?? '', receipt: receipt.text ?? '', number });
  }

  const has = (words: Readonly<Record<string, string>>, field: string, name?: string) => (text: string) =>
    text.includes(`\n${field}：${wordFor(words, name)}`);
  const rightly = {
    kind: agreeing(told, 'kind', (one) => has(kind, '类型', one.label.kind)(one.review)),
    domain: agreeing(told, 'domain', (one) => has(domain, '方面', one.label.domain)(one.review)),
    conduct: agreeing(told, 'conduct', (one) => has(conduct, '问题', one.label.conduct)(one.review)),
    urgent: agreeing(told, 'urgent', (one) => /\n加急/.test(one.review) === one.label.urgent),
    track: agreeing(
      told,
      'track',
      (one) => /只有委能看到，不交任何单位/.test(one.receipt) === (one.label.track === 'integrity'),
    ),
  };
  const count = (share: string): number => Number.parseInt(share, 10);
  expect(rightly).toMatchObject({ kind: '24/24', track: '22/22' });
  expect(count(rightly.urgent), rightly.urgent).toBeGreaterThanOrEqual(21);
  expect(count(rightly.domain), rightly.domain).toBeGreaterThanOrEqual(20);
  expect(count(rightly.conduct), rightly.conduct).toBeGreaterThanOrEqual(17);

  const sealed = told.filter(({ label }) => label.track === 'integrity').length;
  expect((await channel.state()).cases).toEqual({ filed: told.length - sealed, sealed });
  expect(new Set(told.map(({ number }) => number)).size).toBe(told.length);
  for (const { number } of told) await cardOf(channel.person(cast.duty), number, /待受理|收到一条|委内件/);
}, 180_000);
