/** A filed case and the rules it lives by, for tests of the pure rules. */
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import type { CaseRecord } from '../../../src/domain/case.js';
import type { TimeRules } from '../../../src/domain/clocks.js';
import { fileCase, type ReviewedReport } from '../../../src/domain/file-case.js';
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
