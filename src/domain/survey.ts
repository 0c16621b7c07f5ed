/** The survey after striking off (rules §5): three questions by buttons, tags when it was bad, an optional comment; each can be skipped. */

export const surveyTags = [
  'nobody-contacted',
  'passed-around',
  'late',
  'result',
  'attitude',
  'asked',
  'retaliation',
] as const;
export type SurveyTag = (typeof surveyTags)[number];

export const solvedAnswers = ['yes', 'partly', 'no'] as const;
export type Solved = (typeof solvedAnswers)[number];

export interface Survey {
  readonly contacted: boolean | null;
  readonly solved: Solved | null;
  /** 5 (very satisfied) … 1. */
  readonly satisfied: number | null;
  readonly tags: readonly SurveyTag[];
  readonly tagsDone: boolean;
  readonly commentId: string | null;
  readonly finishedAt: Date | null;
  /** Questions he would rather not answer. */
  readonly skipped?: readonly SurveyQuestion[];
}

export const emptySurvey: Survey = {
  contacted: null,
  solved: null,
  satisfied: null,
  tags: [],
  tagsDone: false,
  commentId: null,
  finishedAt: null,
};

const questions = ['contacted', 'solved', 'satisfied'] as const;
export type SurveyQuestion = 'contacted' | 'solved' | 'satisfied' | 'tags' | 'done';

/** The question that stands open. */
export function nextQuestion(s: Survey): SurveyQuestion {
  const open = questions.find((question) => s[question] === null && !(s.skipped ?? []).includes(question));
  if (open) return open;
  if (s.satisfied !== null && s.satisfied <= 3 && !s.tagsDone) return 'tags';
  return 'done';
}

/** Takes the open question's answer as pressed; refuses (null) an answer to another question or an unknown one. */
export function answerSurvey(s: Survey, question: string, answer: string, now: Date): Survey | null {
  if (s.finishedAt !== null || question !== nextQuestion(s)) return null;
  const answered = withAnswer(s, question, answer);
  if (!answered) return null;
  return nextQuestion(answered) === 'done' ? { ...answered, finishedAt: now } : answered;
}

function withAnswer(s: Survey, question: string, answer: string): Survey | null {
  const skippable = questions.find((one) => one === question);
  if (skippable && answer === 'skip') return { ...s, skipped: [...(s.skipped ?? []), skippable] };
  // Declining leaves what was answered before as it is.
  if (skippable && answer === 'decline') return { ...s, skipped: questions.filter((one) => s[one] === null) };
  switch (question) {
    case 'contacted':
      return answer === 'yes' || answer === 'no' ? { ...s, contacted: answer === 'yes' } : null;
    case 'solved': {
      const solved = solvedAnswers.find((known) => known === answer);
      return solved ? { ...s, solved } : null;
    }
    case 'satisfied':
      return /^[1-5]$/.test(answer) ? { ...s, satisfied: Number(answer) } : null;
    case 'tags': {
      if (answer === 'done') return { ...s, tagsDone: true };
      const tag = surveyTags.find((known) => known === answer);
      if (!tag) return null;
      const tags = s.tags.includes(tag) ? s.tags.filter((held) => held !== tag) : [...s.tags, tag];
      return { ...s, tags };
    }
    default:
      return null;
  }
}

/** All three questions were answered: only then it counts in the rates (rules §5). */
export const isWhole = (s: Survey): boolean => questions.every((question) => s[question] !== null);

/** He would answer none of the questions. */
export const isDeclined = (s: Survey): boolean =>
  s.finishedAt !== null && questions.every((question) => s[question] === null);

/** Q2 = no or Q3 ≤ 2: the redo is offered (rules §5). */
export const isLow = (s: Survey): boolean => s.solved === 'no' || (s.satisfied !== null && s.satisfied <= 2);

/** "Asked to withdraw or praise" and "retaliation" are told to the commission only (rules §5). */
export const isAlarming = (s: Survey): boolean => s.tags.includes('asked') || s.tags.includes('retaliation');
