/** Answering the survey, one press a question (rules §5). */
import { refuse, showCase } from '../everyone/show-case.js';
import type { Feature, HandlerDeps } from '../turn.js';

export const survey = (deps: HandlerDeps): Feature => ({
  presses: {
    survey: async (turn, press) => {
      const [question = '', answer = ''] = (press.arg ?? '').split('.');
      const changed = await deps.actions.changeCase({
        caseId: press.id ?? '',
        // The duty officer answers for an enterprise he has called.
        name: turn.viewer.role === 'duty' ? 'survey-by-call' : 'answer-survey',
        viewer: turn.viewer,
        causeId: turn.causeId,
        input: { survey: { question, answer } },
      });
      if (!changed.ok) await refuse(turn, changed);
      await showCase(deps, turn, press.id ?? '');
    },
  },
});
