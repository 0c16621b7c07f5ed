/** What becomes of words about a case that were sent without pressing its button first. Pure. */
import type { CaseRecord, CaseState } from './case.js';
import { cleanText, type FormRefusal } from './forms/form.js';
import { liveStates, type TransitionName } from './transitions/row.js';
import { cameBefore } from './update-order.js';

/** What a report carries that began with words without a button: they may be meant for a case. */
export interface MaybeAnswer {
  /** Cases that ask him something. */
  readonly asking?: readonly { readonly caseId: string; readonly number: string }[];
  /** Words too few for a report, kept while they may answer one of these cases. */
  readonly brief?: string;
  /** It was no report: the case its words go to, and the transition that takes them. */
  readonly sentTo?: { readonly caseId: string; readonly transition: TransitionName };
}

/** What was typed now, behind what was too short before. */
export const withBrief = ({ brief }: MaybeAnswer, typed: string): string =>
  cleanText(brief === undefined ? typed : `${brief}\n${typed}`);

/** Refused as a report for being short, they may still be the whole of an answer. */
export const isBrief = (a: MaybeAnswer & { readonly text?: string }, typed: string, refusal: FormRefusal) =>
  refusal === 'too-short' && a.asking !== undefined && a.text === undefined && typed !== '';

const greeting =
  /^(?:(?:你|您|大家)好[啊呀吗]?|(?:早上|上午|中午|下午|晚上)好|在吗|在么|有人吗|哈[喽啰]|嗨|hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[\s!！.。,，~～?？]*$/iu;

/** As people begin a chat: nothing is told yet. */
export const isGreeting = (typed: string): boolean => greeting.test(typed);

interface Question {
  readonly asked: TransitionName;
  readonly answered: TransitionName;
}

/** States in which the case waits for its reporter: what asked him, and what takes his answer. */
const questions: Readonly<Partial<Record<CaseState, Question>>> = {
  supplement: { asked: 'ask-more', answered: 'supplement' },
  waiting: { asked: 'wait', answered: 'resume' },
};

/** What one side says so that the other hears it. */
const spoken: readonly string[] = [
  'contact',
  'contact-by-call',
  'message',
  'ask-more',
  'supplement',
  'wait',
  'resume',
] satisfies readonly TransitionName[];

export const askingStates: readonly CaseState[] = ['supplement', 'waiting'];

/** Whether the reporter's next words may be meant for this case: it waits for his answer, or the last word was not his. */
export function expectsWords(c: CaseRecord): boolean {
  if (askingStates.includes(c.state)) return true;
  const last = c.history.findLast(({ transition }) => spoken.includes(transition));
  return liveStates.includes(c.state) && last !== undefined && last.relation !== 'reporter';
}

export interface LooseWords {
  /** What the reporter may ask for now. */
  readonly offered: readonly TransitionName[];
  /** The update that brought the words. */
  readonly causeId: string;
}

/**
 * The transition that takes a reporter's words about his case: the answer that is waited for, else a message; null when neither can be. Words
 * that were written before the question are no answer to it.
 */
export function wordsTransition(c: CaseRecord, { offered, causeId }: LooseWords): TransitionName | null {
  const question = questions[c.state];
  const entry = c.history.findLast(({ transition }) => transition === question?.asked);
  const isEarlier = entry?.causeId ? cameBefore(causeId, entry.causeId) : false;
  if (question && !isEarlier && offered.includes(question.answered)) return question.answered;
  return offered.includes('message') ? 'message' : null;
}
