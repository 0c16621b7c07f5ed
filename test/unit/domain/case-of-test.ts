/** A filed case and the rules it lives by, for tests of the pure rules. */
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import type { CaseRecord } from '../../../src/domain/case.js';
import type { TimeRules } from '../../../src/domain/clocks.js';
import { decide } from '../../../src/domain/decide.js';
import { fileCase, type ReviewedReport } from '../../../src/domain/file-case.js';
import type { Viewer } from '../../../src/domain/people.js';
import type { TransitionInput, TransitionName } from '../../../src/domain/transitions/row.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

export const rules: TimeRules = {
  rules: defaultRules,
  calendarRevision: 0,
  time: createWorkingTime({ calendar: createCalendar(shippedYears), timeZone: 'Asia/Shanghai' }),
};

/** Monday 2 March 2026, 09:00 in Shanghai. */
export const monday = new Date('2026-03-02T01:00:00Z');

export const filed = (changes: Partial<ReviewedReport> = {}): CaseRecord =>
  fileCase(
    {
      id: 'case-1',
      number: 'ZT-100-000-0000',
      draftId: 'draft-1',
      reporterId: 'reporter',
      enterpriseId: 'enterprise-1',
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
      reportMessageId: 'case-1.report',
      now: monday,
      causeId: 'cause-0',
      ...changes,
    },
    rules,
  );

/** The case after a step that must be allowed. */
export function step(
  c: CaseRecord,
  name: TransitionName,
  viewer: Viewer | null,
  now: Date,
  input: TransitionInput = {},
): CaseRecord {
  const decision = decide(
    c,
    { name, viewer, input: { messageIds: ['m'], ...input }, now, causeId: null },
    rules,
  );
  if (!decision.ok) throw new Error(`${name}: ${decision.refusal}`);
  return decision.next;
}
