/** What an administrator types or sends: the holidays of a year, a new value for the number he was asked for, a file of rules. */
import type { Feature, HandlerDeps } from '../turn.js';
import { showCalendarProposal } from './calendar.js';
import { showProposal } from './rules.js';

export const sentSettings = ({ actions }: HandlerDeps): Feature => ({
  words: async (turn, input) => {
    if (turn.viewer.role !== 'admin') return false;
    const sent = input.type === 'file' && input.file.kind === 'document' ? input.file.fileId : undefined;
    if (input.type !== 'text' && sent === undefined) return false;
    const text = input.type === 'text' ? input.text : await actions.readSentText(sent ?? '');
    const year = text === null ? null : await actions.importCalendar.propose(turn.viewer, text);
    if (year) {
      await showCalendarProposal(turn, year);
      return true;
    }
    if (input.type === 'text') {
      const proposed = await actions.changeRules.proposeTyped(turn.viewer, input.text);
      if (proposed) {
        await showProposal(turn, proposed);
        return true;
      }
      if (!(await actions.importCalendar.isAsked(turn.viewer))) return false;
      const mistakes = [{ place: null, refusal: 'not-a-notice' }] as const;
      await showCalendarProposal(turn, { ok: false, mistakes });
      return true;
    }
    await showProposal(
      turn,
      text === null
        ? { ok: false, mistakes: [{ place: null, refusal: 'unreadable' }] }
        : await actions.changeRules.proposeFile(turn.viewer, text),
    );
    return true;
  },
});
