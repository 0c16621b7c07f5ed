/** Rows of rules §2 from the department's result to the enterprise's verdict: submit, redo, strike off, survey, reopen. */
import { hasChat } from '../by-phone.js';
import { isSurveyOpen, type CaseRecord } from '../case.js';
import { openClockNames, reportClockNames } from '../clock-names.js';
import { after, type TimeRules } from '../clocks.js';
import { answerSurvey, emptySurvey, isAlarming, isLow, nextQuestion } from '../survey.js';
import type { RefusalName } from './refusals.js';
import { liveStates, type Tell, type TransitionRequest, type TransitionRow, written } from './row.js';

const answered = (c: CaseRecord, { input, now }: TransitionRequest) =>
  isSurveyOpen(c) && c.survey && input.survey
    ? answerSurvey(c.survey, input.survey.question, input.survey.answer, now)
    : null;

const answering: Omit<TransitionRow, 'name' | 'by'> = {
  from: ['closed'],
  to: 'same',
  hidden: true,
  guard: (c, request) => (answered(c, request) ? null : 'answer-not-expected'),
  stops: (c, request) => (answered(c, request)?.finishedAt ? ['survey'] : []),
  changes: (c, request) => ({ survey: answered(c, request) ?? c.survey }),
  tells: (c, request) => {
    const survey = answered(c, request);
    if (!survey || nextQuestion(survey) !== 'done') return [];
    if (isAlarming(survey)) return [{ event: 'survey-alarm', to: ['duty', 'supervisor', 'leader'] }];
    return isLow(survey) ? [{ event: 'survey-low', to: ['duty'] }] : [];
  },
};

/** An enterprise may have it redone once, freely, within its days; later the supervisor decides (rules §2, reopen). */
const mayReopen = (
  c: CaseRecord,
  { now }: TransitionRequest,
  { rules, time }: TimeRules,
): RefusalName | null => {
  const { within, freely } = rules.caps.reopen;
  if (c.closedAt === null || now > after(c.closedAt, within, time)) return 'reopen-too-late';
  return c.reopenCount < freely ? null : 'reopen-used';
};

const reopening: Omit<TransitionRow, 'name' | 'by'> = {
  from: ['closed'],
  to: 'handling',
  stops: ['survey', 'look-back'],
  starts: ['redo'],
  changes: (c) => ({
    reopenCount: c.reopenCount + 1,
    pressure: Math.min(3, c.pressure + 1),
    closedAt: null,
    endedAt: null,
  }),
  tells: (c, _request, { rules }) => [
    { event: 'reopened', to: ['handler', 'head'] },
    // The second reopening is one step on (rules §4).
    {
      event: 'reopened-commission',
      to:
        c.reopenCount + 1 >= rules.ladder.oneStepOn.reopens
          ? ['duty', 'supervisor', 'leader']
          : ['duty', 'supervisor'],
    },
  ],
};

const withdrawing: Omit<TransitionRow, 'name' | 'by'> = {
  from: liveStates,
  to: (c) => (c.state === 'sealed' ? 'sealed' : 'withdrawn'),
  form: 'withdraw',
  rare: true,
  stops: (c) => (c.state === 'sealed' ? [] : openClockNames),
  changes: (c, { now }) => (c.state === 'sealed' ? {} : { endedAt: now, pauseUntil: null }),
  tells: (c, { input }) => {
    const alarm: readonly Tell[] = input.asked
      ? [{ event: 'withdraw-alarm', to: ['duty', 'supervisor', 'leader'] }]
      : [];
    if (c.state === 'sealed') return alarm.length > 0 ? alarm : [{ event: 'withdraw-wish', to: ['duty'] }];
    const department: readonly Tell[] =
      c.department === null
        ? []
        : [{ event: 'withdrawn', to: ['handler', 'officers', 'head', 'co-officers'] }];
    return [...department, ...(alarm.length > 0 ? alarm : [{ event: 'withdrawn', to: ['duty'] as const }])];
  },
};

export const closingRows: readonly TransitionRow[] = [
  {
    // Where the department requires it, the handler asks and the head's `submit` is the sign-off.
    name: 'ask-sign-off',
    from: ['handling'],
    to: 'same',
    by: ['handler'],
    form: 'submit',
    guard: (c, request) => {
      if (request.input.headSignsOff !== true) return 'not-possible-now';
      if (c.contactedAt === null) return 'contact-first';
      if (c.tasks.some((task) => task.doneAt === null)) return 'tasks-open';
      return written(c, request);
    },
    changes: (_c, { now }) => ({ signOffAskedAt: now }),
    tells: () => [{ event: 'sign-off-asked', to: ['head'] }],
  },
  {
    name: 'submit',
    from: ['handling'],
    to: 'submitted',
    by: ['handler', 'head'],
    form: 'submit',
    guard: (c, request) => {
      const { relation, input } = request;
      if (relation === 'head' && c.signOffAskedAt === null) return 'sign-off-not-asked';
      if (relation !== 'head' && input.headSignsOff === true) return 'head-must-sign-off';
      if (c.contactedAt === null) return 'contact-first';
      if (c.tasks.some((task) => task.doneAt === null)) return 'tasks-open';
      return relation === 'head' ? null : written(c, request);
    },
    stops: ['resolve', 'redo', 'contact'],
    starts: ['check'],
    changes: () => ({ signOffAskedAt: null, extension: null }),
    tells: (_c, { relation }) => [
      { event: 'submitted', to: ['duty', 'supervisor'] },
      { event: 'submitted-head', to: ['head'] },
      ...(relation === 'head' ? [{ event: 'signed-off', to: ['handler'] as const }] : []),
      { event: 'progress-submitted', to: ['reporter'] },
    ],
  },
  {
    name: 'redo',
    from: ['submitted'],
    to: 'handling',
    by: ['duty', 'supervisor'],
    form: 'redo',
    guard: written,
    stops: ['check'],
    starts: ['redo'],
    changes: (c) => ({ redoCount: c.redoCount + 1 }),
    tells: (c, _request, { rules }) => [
      { event: 'redo', to: ['handler', 'head'] },
      { event: 'progress-redo', to: ['reporter'] },
      // The second redo is one step on (rules §4).
      ...(c.redoCount + 1 === rules.ladder.oneStepOn.redos
        ? [{ event: 'redone-again', to: ['leader'] as const }]
        : []),
    ],
  },
  {
    name: 'close',
    from: ['submitted'],
    to: 'closed',
    by: ['duty', 'supervisor'],
    // What is struck off owes no report of its progress any more.
    stops: ['check', ...reportClockNames],
    starts: ['survey', 'look-back'],
    changes: (_c, { now }) => ({
      closedAt: now,
      endedAt: now,
      survey: emptySurvey,
      listedAt: null,
      leaderId: null,
    }),
    tells: () => [
      { event: 'survey', to: ['reporter'] },
      { event: 'struck-off', to: ['handler', 'head'] },
    ],
  },
  { name: 'answer-survey', by: ['reporter'], ...answering },
  {
    // An enterprise without a chat is asked by phone (rules §2, file-for).
    name: 'survey-by-call',
    by: ['duty'],
    ...answering,
    guard: (c, request) => {
      if (hasChat(c)) return 'not-possible-now';
      return answered(c, request) ? null : 'answer-not-expected';
    },
  },
  {
    name: 'comment-survey',
    from: ['closed'],
    to: 'same',
    by: ['reporter'],
    form: 'comment',
    guard: (c, request) => {
      if (!c.survey || nextQuestion(c.survey) !== 'done' || c.survey.commentId !== null)
        return 'answer-not-expected';
      return written(c, request);
    },
    changes: (c, { input }) => ({
      survey: c.survey && { ...c.survey, commentId: input.messageIds?.[0] ?? null },
    }),
    tells: () => [{ event: 'survey-comment', to: ['duty'] }],
  },
  {
    name: 'reopen',
    ...reopening,
    by: ['reporter', 'supervisor'],
    guard: (c, request, rules) => (request.relation === 'supervisor' ? null : mayReopen(c, request, rules)),
  },
  {
    // What an enterprise without a chat says on the phone is done in its name, within its own limits (rules §2, file-for).
    name: 'reopen-by-call',
    ...reopening,
    by: ['duty'],
    form: 'call',
    guard: (c, request, rules) =>
      hasChat(c) ? 'not-possible-now' : (mayReopen(c, request, rules) ?? written(c, request)),
  },
  {
    // A sealed case is not ended by the reporter: the wish is recorded and the commission decides (rules §2).
    name: 'withdraw',
    ...withdrawing,
    by: ['reporter'],
    guard: written,
  },
  {
    name: 'withdraw-by-call',
    ...withdrawing,
    by: ['duty', 'supervisor'],
    guard: (c, request) => (hasChat(c) ? 'not-possible-now' : written(c, request)),
  },
];
