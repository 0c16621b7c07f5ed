import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/domain/routing/classify.js';
import { normalizeReport } from '../../../src/domain/routing/normalize.js';
import {
  conducts,
  domains,
  kinds,
  tiers,
  type Conduct,
  type Domain,
  type Kind,
} from '../../../src/domain/taxonomy.js';

type Label = {
  readonly text: string;
  readonly kind: Kind;
  readonly domain: Domain;
  readonly conduct?: Conduct;
  readonly track?: 'service' | 'integrity';
  readonly urgent?: boolean;
};

const read = (file: string): readonly Label[] =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as readonly Label[];

/** How many labels agree; a label that leaves a field out does not count for it. */
function agreement(
  labels: readonly Label[],
): Record<'kind' | 'domain' | 'conduct' | 'urgent' | 'track', number> {
  const right = { kind: 0, domain: 0, conduct: 0, urgent: 0, track: 0 };
  for (const label of labels) {
    const proposal = classify(label.text);
    if (proposal.kind.value === label.kind) right.kind += 1;
    if (proposal.domain.value === label.domain) right.domain += 1;
    if (label.conduct !== undefined && proposal.conduct.value === label.conduct) right.conduct += 1;
    if (label.urgent !== undefined && proposal.urgent === label.urgent) right.urgent += 1;
    if (proposal.track === (label.track ?? 'service')) right.track += 1;
  }
  return right;
}

function missedLeads(labels: readonly Label[]): readonly string[] {
  const sealed = labels.filter((label) => label.track === 'integrity');
  return sealed.filter(({ text }) => classify(text).track !== 'integrity').map(({ text }) => text);
}

function falselySealed(labels: readonly Label[]): readonly string[] {
  const service = labels.filter((label) => label.track !== 'integrity');
  return service.filter(({ text }) => classify(text).track === 'integrity').map(({ text }) => text);
}

describe('the sample reports', () => {
  const labels = read('../../support/reports.json');

  it('are read as labelled in kind and track, and within the targets in the rest', () => {
    const right = agreement(labels);
    expect(right.kind).toBe(24);
    expect(right.track).toBe(24);
    expect(right.urgent).toBeGreaterThanOrEqual(21);
    expect(right.domain).toBeGreaterThanOrEqual(20);
    expect(right.conduct).toBeGreaterThanOrEqual(17);
  });
});

// Sets the rules were written beside or tuned on: they guard against going back, they prove no generality.
describe.each([
  ['held-out.json', { kind: 116, track: 118, urgent: 116, domain: 114, conduct: 88 }],
  ['second.json', { kind: 67, track: 69, urgent: 67, domain: 66, conduct: 47 }],
  ['third.json', { kind: 55, track: 56, urgent: 56, domain: 52, conduct: 41 }],
  ['fourth.json', { kind: 54, track: 54, urgent: 54, domain: 51, conduct: 40 }],
])('the set %s, known to the rules', (file, floor) => {
  it('does not fall back', () => {
    const right = agreement(read(file));
    for (const field of ['kind', 'track', 'urgent', 'domain', 'conduct'] as const) {
      expect(right[field], field).toBeGreaterThanOrEqual(floor[field]);
    }
    expect(falselySealed(read(file))).toEqual([]);
  });
});

// The only honest measure: 50 reports, 15 of them traps. Nobody may tune a rule on it; the floors are what was seen.
describe('the set fresh.json, never tuned on', () => {
  const labels = read('fresh.json');

  it('is read no worse than when it was first read', () => {
    const right = agreement(labels);
    expect(right.kind).toBeGreaterThanOrEqual(46);
    expect(right.track).toBeGreaterThanOrEqual(44);
    expect(right.urgent).toBeGreaterThanOrEqual(48);
    expect(right.domain).toBeGreaterThanOrEqual(43);
    expect(right.conduct).toBeGreaterThanOrEqual(24);
    expect(missedLeads(labels).length).toBeLessThanOrEqual(5);
    expect(falselySealed(labels).length).toBeLessThanOrEqual(1);
  });
});

// Bribes told without any word for it, each beside a harmless look-alike. hints.json lay open while the net was made,
// blind.json did not: what it finds there is little, and the floor says so.
describe.each([
  ['hints.json', 14],
  ['blind.json', 3],
])('indirect hints in %s', (file, atLeast) => {
  const labels = read(file);

  it('are held back from automatic dispatch as often as before, and no look-alike is sealed', () => {
    const told = labels.filter((label) => label.track === 'integrity');
    expect(told.filter(({ text }) => classify(text).suspect).length).toBeGreaterThanOrEqual(atLeast);
    expect(falselySealed(labels)).toEqual([]);
  });
});

describe('a word taken back', () => {
  it.each([
    ['没有人向我们索要好处费，只是执照办得太慢，三个月没下来。'],
    ['工作人员从未收过红包，态度也好，就是备案拖了两个月。'],
    ['Nobody asked for a bribe, but the licence has been pending for months.'],
  ])('does not seal: %s', (text) => {
    expect(classify(text).track).toBe('service');
  });

  it.each([
    ['因为我没有给好处费，执照三个月不批。'],
    ['不送红包就不给办。'],
    ['我没有证据，但是科长收了钱。'],
    ['We did not pay the bribe, so the licence was refused.'],
  ])('seals all the same where the reporter is the one who did not pay: %s', (text) => {
    expect(classify(text).track).toBe('integrity');
  });

  it('takes praise back', () => {
    expect(classify('不是要表扬谁，执照三个月了一直没批下来。').kind.value).toBe('complaint');
    expect(classify('要表扬小陈，上门服务，三天就办好了。').kind.value).toBe('praise');
  });
});

describe('what a report is', () => {
  it.each<[Kind, string]>([
    ['complaint', '交了会员费才给盖章，这合理吗？'],
    ['complaint', '窗口服务很好，但是执照拖了三个月还没批。'],
    ['complaint', '真是“高效”，三个月了执照还没批，点赞！'],
    ['complaint', '执照交了三个月没有答复，请领导帮忙，谢谢！'],
    ['consultation', '请问办理食品许可需要哪些材料？'],
    ['consultation', 'Which documents do I need for a food licence?'],
    ['suggestion', '建议大厅中午安排人值班。'],
    ['praise', '非常感谢窗口小陈，三天就办好了，点赞！'],
  ])('%s: %s', (kind, text) => {
    expect(classify(text).kind.value).toBe(kind);
  });

  it('fines, fees and dues are abuse, not extortion; a designated firm is extortion', () => {
    expect(classify('协会要求必须交两万会员费，不交就不盖章。').track).toBe('service');
    expect(classify('没有任何依据就罚款五万。').conduct.value).toBe('abuse');
    expect(classify('审批科指定的检测公司，别家的报告不认。').conduct.value).toBe('extortion');
  });

  it('only a complaint is urgent or sealed', () => {
    const question = classify('请问燃气泄漏以后应该怎么申请理赔？');
    expect(question.kind.value).toBe('consultation');
    expect(question.urgent).toBe(false);
    expect(question.track).toBe('service');
  });
});

describe('tier', () => {
  it.each([
    ['consult', '请问办理食品许可需要哪些材料？'],
    ['simple', '窗口工作人员态度恶劣，翻白眼。'],
    ['complex', '财政局让找经信局，经信局让找财政局，补贴没人管。'],
    ['legacy', '这是十年前的历史遗留问题，土地证一直没办下来。'],
    ['general', '执照变更交了两个月，一直没批下来。'],
  ])('is %s for: %s', (tier, text) => {
    expect(classify(text).tier).toBe(tier);
  });

  it('counts calendar years back from the year of writing', () => {
    const text = '2019年竣工的工程，工程款一直没付。';
    expect(classify(text, { year: 2025 }).tier).toBe('legacy');
    expect(classify(text, { year: 2020 }).tier).toBe('general');
  });
});

describe('any text', () => {
  const pieces = [
    '没有',
    '索要',
    '财政局说',
    '让我们找',
    '"',
    '，',
    '。',
    ' the ',
    'no ',
    'fine',
    '三',
    '万',
    '请问',
    '谢谢',
    '👍',
    '\u0000',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  );

  it('gets a complete proposal, and the words given for a conduct stand in it', () => {
    fc.assert(
      fc.property(text, (written) => {
        const proposal = classify(written);
        expect(kinds).toContain(proposal.kind.value);
        expect(domains).toContain(proposal.domain.value);
        expect(conducts).toContain(proposal.conduct.value);
        expect(tiers).toContain(proposal.tier);
        expect(proposal.urgent).toBe(proposal.urgentReason !== undefined);
        const report = normalizeReport(written);
        for (const word of proposal.conduct.because) expect(report).toContain(word);
        if (proposal.domain.because.length === 0) expect(proposal.domain.confidence).toBe('guess');
      }),
      { numRuns: 200 },
    );
  });

  it('is read alike in traditional characters, full width, and with spaces and invisible signs between', () => {
    const simple = '执照变更交了3个月,窗口一直说在审核,没有答复';
    const same = [
      '執照變更交了３個月，窗口一直說在審核，沒有答覆',
      '执照 变更 交了 3 个月, 窗口 一直说在审核, 没有答复',
      '执照变更\u200b交了3个月,窗口一直说在审核,没有\u2060答复',
    ];
    for (const other of same) expect(classify(other)).toEqual(classify(simple));
  });

  it('takes no long time, however it is built', () => {
    for (const piece of ['十', '让我们找财政局，', 'no ', '给他', '1', '没有"']) {
      const long = piece.repeat(8000);
      const started = performance.now();
      classify(long);
      expect(performance.now() - started, piece).toBeLessThan(1000);
    }
  });
});
