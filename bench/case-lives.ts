/** Cases as the rules make them, up to a stage, without a conversation. */
import { makeCaseNumber } from '../src/domain/case-number.js';
import type { CaseRecord } from '../src/domain/case.js';
import { decide } from '../src/domain/decide.js';
import type { TransitionInput, TransitionName } from '../src/domain/transitions/row.js';
import type { Viewer } from '../src/domain/people.js';
import { filed, rules } from '../test/unit/domain/case-of-test.js';

export const department = 'SPJ';

const stages = ['filed', 'dispatch', 'sign', 'contact', 'submit', 'close', 'archived'] as const;
export type CaseStage = (typeof stages)[number];

export interface LivedCase {
  /** Makes ids and number its own. */
  readonly index: number;
  /** Everything up to the stage happens at this instant. */
  readonly at: Date;
  readonly until: CaseStage;
  readonly reporterId?: string;
  readonly handlerId: string;
}

/** Takes how far a case has come, gives it with nothing left to be told. Struck-off ones were answered well. */
export function livedCase({ index, at, until, reporterId, handlerId }: LivedCase): CaseRecord {
  let c = filed({
    ...namesOf(index),
    ...(reporterId === undefined ? {} : { reporterId }),
    reportMessageId: reportIdOf(`case-${index}`),
    now: at,
    causeId: `cause-${index}`,
  });
  const officer: Viewer = { personId: handlerId, role: 'officer', departments: [department] };
  const duty: Viewer = { personId: 'duty', role: 'duty' };
  const asked: readonly (readonly [TransitionName, Viewer | null, TransitionInput])[] = [
    ['dispatch', null, { department, tier: 'general' }],
    ['sign', officer, {}],
    ['contact', officer, { messageIds: ['none'] }],
    ['submit', officer, { messageIds: ['none'] }],
    ['close', duty, {}],
  ];
  for (const [name, viewer, input] of asked) {
    if (stages.indexOf(name as CaseStage) > stages.indexOf(until)) break;
    const decision = decide(c, { name, viewer, input, now: at, causeId: null }, rules);
    if (!decision.ok) throw new Error(`${name}: ${decision.refusal}`);
    c = decision.next;
  }
  const answers = { contacted: true, solved: 'yes', satisfied: 5 } as const;
  c = { ...c, outbox: [], closings: c.closings.map((closing) => ({ ...closing, answers })) };
  if (until !== 'archived') return c;
  const clocks = c.clocks.map((clock) => ({ ...clock, stoppedAt: clock.stoppedAt ?? at }));
  return { ...c, state: 'archived', clocks, endedAt: at, wakeAt: null };
}

/** What tells a case from every other. */
export function namesOf(index: number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(index) * 7n);
  return {
    id: `case-${index}`,
    number: makeCaseNumber(bytes),
    draftId: `draft-${index}`,
    reporterId: `reporter-${index % 1_000}`,
    enterpriseId: `enterprise-${index % 1_000}`,
  };
}

export const reportIdOf = (caseId: string): string => `${caseId}.report`;
