/** Every row of the transition table, pressed by everybody who may not: nothing changes, and a stranger learns nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseState } from '../../src/domain/case.js';
import type { TransitionName } from '../../src/domain/transitions/row.js';
import { transitions } from '../../src/domain/transitions/table.js';
import { closed, contacted, dispatched, filed, pressOn, submitted } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, englishOwner, officer, colleague, head, housingOfficer, enforcementHead } = cast;
const { duty, supervisor, leader, auditor, admin } = cast;

/** Everybody, by what he is to a case that the owner filed, the officer handles and the Housing Bureau helps with. */
const people: Readonly<Record<string, number>> = {
  reporter: owner,
  handler: officer,
  head,
  'co-officer': housingOfficer,
  duty,
  supervisor,
  leader,
  auditor,
  'another enterprise': englishOwner,
  'an officer who did not sign': colleague,
  'the head of another department': enforcementHead,
  administrator: admin,
};
/** As long as nobody has signed, every officer of the department is one who may. */
const unsigned: readonly CaseState[] = ['filed', 'dispatched', 'returned', 'supplement', 'declined'];

let channel: Channel;
const numbers = new Map<CaseState, string>();

beforeAll(async () => {
  channel = await startChannel();
  for (const id of new Set([...Object.values(people), cast.secondDuty])) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const write = async (id: number, number: string, label: string | RegExp, words: string): Promise<string> => {
  await pressOn(channel, { person: id, number, label });
  await channel.person(id).say(words);
  await quiet(channel);
  return number;
};

/** A case in each state from which somebody may do something. */
const bringing: Readonly<Partial<Record<CaseState, () => Promise<string>>>> = {
  filed: async () => await filed(channel),
  supplement: async () => await write(duty, await filed(channel), '请企业补充…', '请补充合同。'),
  declined: async () => await write(duty, await filed(channel), '不予受理…', '不属于本通道。'),
  dispatched: async () => await dispatched(channel),
  returned: async () => await write(officer, await dispatched(channel), '退单…', '不是我局职责。'),
  handling: async () => {
    const number = await contacted(channel);
    await pressOn(channel, { person: duty, number, label: '➕ 增加协办单位…' });
    await pressOn(channel, { person: duty, number, label: '住房和城乡建设局' });
    return number;
  },
  waiting: async () => await write(officer, await contacted(channel), /等企业答复/, '请确认型号。'),
  submitted: async () => await submitted(channel),
  closed: async () => await closed(channel),
  sealed: async () => await write(duty, await filed(channel), /转委内直接办理/, '疑似索要好处。'),
  transferred: async () => {
    const number = await dispatched(channel);
    await channel.person(supervisor).say(`/case ${number}`);
    await write(supervisor, number, /转委内直接办理/, '线索清楚。');
    await write(supervisor, number, '提出移交…', '市监委，移〔2026〕12号。');
    await pressOn(channel, { person: leader, number, label: '✅ 同意移交' });
    return number;
  },
};

test('a case is brought into each state by those who may', async () => {
  for (const [state, bring] of Object.entries(bringing)) {
    const number = await bring();
    await quiet(channel);
    expect(await channel.connection().collection('cases').findOne({ number })).toMatchObject({ state });
    numbers.set(state as CaseState, number);
  }
}, 120_000);

interface Row {
  readonly _id: string;
  readonly rev: number;
}
const caseOf = async (number: string): Promise<Row> => {
  const row = await channel.connection().collection<Row>('cases').findOne({ number });
  if (!row) throw new Error(`no case ${number}`);
  return row;
};

const drafts = async (caseId: string): Promise<number> =>
  await channel.connection().collection('drafts').countDocuments({ caseId });

/** Presses a transition's button below the newest message, as if it had been drawn for the presser; gives what he was answered. */
async function tryIt(id: number, name: TransitionName, c: Row, arg?: string): Promise<string> {
  const person = channel.person(id);
  const newest = person.messages().findLast(({ from }) => from === 'bot');
  const press = { action: name, id: c._id, rev: c.rev, ...(arg === undefined ? {} : { arg }) };
  const { answer } = await person.pressData({
    messageId: newest?.messageId ?? 0,
    data: channel.drawPress(press, id),
  });
  return answer?.text ?? '';
}

const argOf = (name: TransitionName): string | undefined =>
  ({
    dispatch: 'SPJ',
    'add-task': 'ZJJ',
    'set-confidentiality': 'open',
    'set-tier': 'complex',
  })[name as string];

const stateFor = (from: readonly CaseState[]): CaseState | undefined =>
  (['handling', ...from] as const).find((state) => from.includes(state) && numbers.has(state));

test.each(
  transitions.filter((row) => row.by.some((by) => by !== 'system')).map((row) => [row.name, row] as const),
)('%s: everybody but those of its row is refused, and nothing changes', async (name, row) => {
  const state = stateFor(row.from);
  const number = state && numbers.get(state);
  if (!state || number === undefined) throw new Error(`no case stands in a state from which ${name} leads`);
  const before = await caseOf(number);
  const formsBefore = await drafts(before._id);
  const relations: readonly string[] = row.by;
  const isOfficer = (relation: string): boolean =>
    relation === 'handler' || relation.startsWith('an officer');
  const may = (relation: string): boolean =>
    relations.includes(relation) ||
    (unsigned.includes(state) && isOfficer(relation) && relations.includes('officer'));
  const wrong = Object.entries(people).filter(([relation]) => !may(relation));
  expect(wrong.length, 'somebody is not in the row').toBeGreaterThan(0);
  for (const [relation, id] of wrong) {
    const answer = await tryIt(id, name, before, argOf(name));
    expect(answer, `${relation} is told no`).not.toBe('');
  }
  const after = await caseOf(number);
  expect(after.rev).toBe(before.rev);
  expect(await drafts(before._id), 'no form was opened').toBe(formsBefore);
});

// A colleague who had the card until another signed is told so; that is the table's only exception.
test('to a stranger a case that is there and one that is not are the same', async () => {
  const there = await caseOf(numbers.get('handling') ?? '');
  for (const id of [englishOwner, enforcementHead, admin]) {
    const shown = everSeen(channel.person(id)).length;
    const answers = new Set<string>();
    for (const c of [there, { _id: '000000000000000000000000', rev: 3 }])
      for (const { name } of transitions.filter((row) => !row.hidden)) answers.add(await tryIt(id, name, c));
    expect([...answers], `to ${id}`).toHaveLength(1);
    expect(everSeen(channel.person(id)).length, 'no message came of it').toBe(shown);
  }
});
