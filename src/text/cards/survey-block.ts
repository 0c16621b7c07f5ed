/** The survey on a card: the open question for the reporter, the outcome for the ledger of staff (rules §5). */
import {
  isAlarming,
  isDeclined,
  isLow,
  isWhole,
  nextQuestion,
  solvedAnswers,
  surveyTags,
  type Survey,
} from '../../domain/survey.js';
import { isTolerated } from '../../domain/rates/closing.js';
import { isSurveyOpen } from '../../domain/case.js';
import { hasChat } from '../../domain/by-phone.js';
import type { CardFacts } from '../../queries/load-card.js';
import { bold, lines, type Part } from '../rich.js';
import type { Reader } from '../reader.js';
import { inRows, type Button } from '../view.js';

/** Whose card asks the questions: the reporter's, or that of the duty officer who calls an enterprise without a chat. */
export const asksSurvey = ({ c, relation }: Pick<CardFacts, 'c' | 'relation'>): boolean =>
  c.state === 'closed' && (relation === 'reporter' || (relation === 'duty' && !hasChat(c)));

export function surveyBlock({ c, relation }: CardFacts, reader: Reader): Part | null {
  const { survey } = c;
  if (!survey || !asksSurvey({ c, relation })) return null;
  const question = nextQuestion(survey);
  const { text } = reader;
  if (question !== 'done') return isSurveyOpen(c) ? bold(text.survey[question]) : null;
  if (isDeclined(survey)) return lines(text.survey.thanksDeclined);
  return lines(
    isTolerated(c) || !isWhole(survey) ? text.survey.thanksOnly : text.survey.thanks,
    isAlarming(survey) ? text.survey.alarm : null,
    isLow(survey) ? text.survey.offerRedo : null,
  );
}

/** What was answered, null before the first answer. What the two commission-only tags say never reaches a department (rules §5). */
export function surveyOutcome(survey: Survey, { text }: Reader, commission: boolean): Part | null {
  if (survey.contacted === null && survey.solved === null && survey.satisfied === null) return null;
  const unanswered = text.card.surveyUnanswered;
  const tags = survey.tags.filter((tag) => commission || (tag !== 'asked' && tag !== 'retaliation'));
  return lines(
    text.card.surveyResult({
      contacted:
        survey.contacted === null ? unanswered : survey.contacted ? text.buttons.yes : text.buttons.no,
      solved: survey.solved === null ? unanswered : text.buttons.solved[survey.solved],
      satisfied:
        survey.satisfied === null ? unanswered : (text.buttons.satisfied[survey.satisfied - 1] ?? unanswered),
    }),
    tags.length > 0 ? tags.map((tag) => `#${text.buttons.tags[tag]}`).join(' ') : null,
  );
}

/** Buttons of the question that stands open; the argument is `question.answer`. */
export function surveyButtons({ c }: CardFacts, { text }: Reader): readonly (readonly Button[])[] {
  if (!c.survey || !isSurveyOpen(c)) return [];
  const survey = c.survey;
  const question = nextQuestion(survey);
  const answer = (label: string, value: string): Button => ({
    label,
    press: { action: 'survey', id: c.id, rev: c.rev, arg: `${question}.${value}` },
  });
  const { buttons } = text;
  const rather = [answer(buttons.skip, 'skip'), answer(buttons.declineSurvey, 'decline')];
  switch (question) {
    case 'contacted':
      return [[answer(buttons.yes, 'yes'), answer(buttons.no, 'no')], rather];
    case 'solved':
      return [solvedAnswers.map((solved) => answer(buttons.solved[solved], solved)), rather];
    case 'satisfied':
      return [
        ...[5, 4, 3, 2, 1].map((mark) => [
          answer(`${'⭐'.repeat(mark)} ${buttons.satisfied[mark - 1]}`, String(mark)),
        ]),
        rather,
      ];
    case 'tags': {
      const tags = surveyTags.map((tag) =>
        answer(`${survey.tags.includes(tag) ? '☑️ ' : ''}${buttons.tags[tag]}`, tag),
      );
      return [...inRows(tags, 2), [answer(buttons.tagsDone, 'done')]];
    }
    case 'done':
      return [];
  }
}
