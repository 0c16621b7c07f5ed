/** What an administrator types or sends: a new value for the number he was asked for, or a file of rules. */
import type { Feature, HandlerDeps } from '../turn.js';
import { showProposal } from './rules.js';

export const sentSettings = ({ actions }: HandlerDeps): Feature => ({
  words: async (turn, input) => {
    if (turn.viewer.role !== 'admin') return false;
    if (input.type === 'text') {
      const proposed = await actions.changeRules.proposeTyped(turn.viewer, input.text);
      if (proposed) await showProposal(turn, proposed);
      return proposed !== null;
    }
    if (input.type !== 'file' || input.file.kind !== 'document' || input.file.fileId === undefined)
      return false;
    const text = await actions.readSentText(input.file.fileId);
    await showProposal(
      turn,
      text === null
        ? { ok: false, mistakes: [{ place: null, refusal: 'unreadable' }] }
        : await actions.changeRules.proposeFile(turn.viewer, text),
    );
    return true;
  },
});
