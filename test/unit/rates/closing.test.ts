/** What a case remembers of being struck off, told as its life goes. */
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import type { CaseRecord } from '../../../src/domain/case.js';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import { decide } from '../../../src/domain/decide.js';
import { fileCase } from '../../../src/domain/file-case.js';
import type { Viewer } from '../../../src/domain/people.js';
import { closingRows } from '../../../src/domain/rates/closing.js';
import type { TransitionInput, TransitionName } from '../../../src/domain/transitions/row.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

const time = createWorkingTime({ calendar: createCalendar(shippedYears) });
const rules = { rules: defaultRules, time, calendarRevision: 0 };
const filedAt = new Date('2026-11-02T01:00:00Z');

const reporter: Viewer = { personId: 'reporter', role: 'enterprise' };
const duty: Viewer = { personId: 'duty', role: 'duty' };
const officer: Viewer = { personId: 'officer', role: 'officer', departments: ['SPJ'] };

/** Steps are said with the working hours after filing at which they are taken. */
type Step = readonly [hours: number, viewer: Viewer, name: TransitionName, input?: TransitionInput];

const atHour = (hours: number): Date => time.add(filedAt, hours * 60);
const written: TransitionInput = { messageIds: ['m'] };

function live(steps: readonly Step[], before?: CaseRecord): CaseRecord {
  const start = before ?? fileCase(filed, rules);
  return steps.reduce((c, [hours, viewer, name, input = {}]) => {
    const decision = decide(c, { name, viewer, input, now: atHour(hours), causeId: null }, rules);
    if (!decision.ok) throw new Error(`${name} was refused: ${decision.refusal}`);
    return decision.next;
  }, start);
}

const filed: Parameters<typeof fileCase>[0] = {
  id: 'c1',
  number: 'ZT-111-111-1111',
  draftId: 'd1',
  reporterId: 'reporter',
  enterpriseId: null,
  verified: true,
  named: true,
  kind: 'complaint',
  domain: 'approval',
  conduct: 'delay',
  tier: 'general',
  urgent: false,
  confidentiality: 'commission',
  fileCount: 0,
  confirmed: true,
  reportMessageId: 'm0',
  now: filedAt,
  causeId: 'u0',
};

const untilSigned: readonly Step[] = [
  [1, duty, 'dispatch', { department: 'SPJ' }],
  [2, officer, 'sign'],
  [3, officer, 'contact', written],
];
const submittedAt = (hours: number): readonly Step[] => [[hours, officer, 'submit', written]];
const answer = (hours: number, question: string, value: string): Step => [
  hours,
  reporter,
  'answer-survey',
  { survey: { question, answer: value } },
];

describe('a closing', () => {
  test('keeps month, department, working time in hand and that it was on time', () => {
    const c = live([...untilSigned, ...submittedAt(12), [14, duty, 'close']]);
    expect(closingRows(c)).toEqual([
      {
        caseId: 'c1',
        ordinal: 1,
        at: atHour(14),
        month: '2026-11',
        department: 'SPJ',
        onTime: true,
        workingMinutes: 10 * 60,
        contacted: true,
        answers: null,
        reopenedAt: null,
        excluded: null,
      },
    ]);
  });

  test('is late when the result came after its due date: ten working days and a minute after signing', () => {
    const due = 2 + 70;
    expect(live([...untilSigned, ...submittedAt(due), [74, duty, 'close']]).closings[0]?.onTime).toBe(true);
    const late = live([...untilSigned, ...submittedAt(due + 1 / 60), [74, duty, 'close']]);
    expect(late.closings[0]?.onTime).toBe(false);
  });

  test('counts the redo, not the check between, and is late when either result was', () => {
    const c = live([
      ...untilSigned,
      ...submittedAt(10),
      [16, duty, 'redo', written],
      ...submittedAt(20),
      [21, duty, 'close'],
    ]);
    expect(c.closings[0]).toMatchObject({ onTime: true, workingMinutes: (8 + 4) * 60 });
    const late = live([
      ...untilSigned,
      ...submittedAt(80),
      [81, duty, 'redo', written],
      ...submittedAt(82),
      [83, duty, 'close'],
    ]);
    expect(late.closings[0]?.onTime).toBe(false);
  });

  test('does not count the hours in which the department waited for the enterprise, and the due date moves by them', () => {
    const steps = (submitted: number): readonly Step[] => [
      ...untilSigned,
      [12, officer, 'wait', written],
      [32, reporter, 'resume', written],
      ...submittedAt(submitted),
      [100, duty, 'close'],
    ];
    expect(live(steps(42)).closings[0]).toMatchObject({ onTime: true, workingMinutes: 20 * 60 });
    expect(live(steps(72 + 20)).closings[0]?.onTime).toBe(true);
    expect(live(steps(72 + 21)).closings[0]?.onTime).toBe(false);
  });

  test('is the new department’s alone after a raise; a raise at the top of the tree changes nothing in it', () => {
    const supervisor: Viewer = { personId: 'supervisor', role: 'supervisor' };
    const upstairs: Viewer = { personId: 'parent', role: 'officer', departments: ['SZF'] };
    const raised = live([
      ...untilSigned,
      [80, supervisor, 'raise', { ...written, parentDepartment: 'SZF' }],
      [81, upstairs, 'sign'],
      [82, upstairs, 'contact', written],
      [82, officer, 'finish-task', written],
      [84, upstairs, 'submit', written],
      [85, duty, 'close'],
    ]);
    expect(raised.closings[0]).toMatchObject({ department: 'SZF', onTime: true, workingMinutes: 180 });

    const listed = live([
      ...untilSigned,
      ...submittedAt(80),
      [81, supervisor, 'raise', { ...written, parentDepartment: null }],
      [82, duty, 'close'],
    ]);
    expect(listed.closings[0]).toMatchObject({ department: 'SPJ', onTime: false, workingMinutes: 78 * 60 });
  });

  test('belongs to the month the office calendar shows, not to the month in UTC', () => {
    const c = live([...untilSigned, ...submittedAt(12)]);
    const midnight = new Date('2026-11-30T16:00:00Z');
    for (const [at, month] of [
      [new Date(midnight.getTime() - 1), '2026-11'],
      [midnight, '2026-12'],
    ] as const) {
      const closed = decide(c, { name: 'close', viewer: duty, input: {}, now: at, causeId: null }, rules);
      expect(closed.ok && closed.next.closings[0]?.month).toBe(month);
    }
  });
});

describe('its survey', () => {
  const closed = live([...untilSigned, ...submittedAt(12), [14, duty, 'close']]);

  test('counts once all three questions are answered', () => {
    const two = live([answer(15, 'contacted', 'yes'), answer(15, 'solved', 'partly')], closed);
    expect(two.closings[0]?.answers).toBeNull();
    const three = live([answer(15, 'satisfied', '4')], two);
    expect(three.closings[0]?.answers).toEqual({ contacted: true, solved: 'partly', satisfied: 4 });
  });

  test('stays with its own closing when the case is reopened and struck off again', () => {
    const again = live(
      [
        answer(15, 'contacted', 'yes'),
        answer(15, 'solved', 'no'),
        answer(15, 'satisfied', '1'),
        [16, reporter, 'reopen'],
        ...submittedAt(20),
        [22, duty, 'close'],
        answer(23, 'contacted', 'yes'),
        answer(23, 'solved', 'yes'),
        answer(23, 'satisfied', '5'),
      ],
      closed,
    );
    expect(closingRows(again)).toMatchObject([
      { ordinal: 1, answers: { solved: 'no', satisfied: 1 }, reopenedAt: atHour(16), workingMinutes: 600 },
      { ordinal: 2, answers: { solved: 'yes', satisfied: 5 }, reopenedAt: null, workingMinutes: 240 },
    ]);
  });

  test('a case that was sealed, or withdrawn after a reopening, is excluded with all its closings', () => {
    const sealed = live([[15, duty, 'seal', written]], closed);
    expect(closingRows(sealed)).toMatchObject([{ excluded: 'sealed', reopenedAt: null }]);
    const withdrawn = live(
      [
        [15, reporter, 'reopen'],
        [16, reporter, 'withdraw', written],
      ],
      closed,
    );
    expect(closingRows(withdrawn)).toMatchObject([{ excluded: 'withdrawn' }]);
    expect(closingRows(closed)).toMatchObject([{ excluded: null }]);
  });
});
