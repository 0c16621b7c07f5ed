/** What the duty officer does with a hint that a case may be a duplicate: merge or link; never by itself. */
import type { Press } from '../../src/text/view.js';
import { refuse, showCase } from '../everyone/show-case.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

export function duplicates(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  /** The other case must still be a hint of this very card: a button is a request, never an authority. */
  const join = (how: 'merge' | 'link') => async (turn: Turn, press: Press) => {
    const caseId = press.id ?? '';
    const facts = await queries.card(caseId, turn.viewer);
    if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
    const hint = facts.hints.find(({ c }) => c.id === press.arg);
    // A crash in the middle leaves one side joined, and then there is no hint any more: this very press finishes it.
    const begun = facts.c.history.some(({ causeId }) => causeId === turn.causeId);
    if (begun || (hint && (how === 'link' || hint.mergeable))) {
      const changed = await actions.joinCases({
        how,
        caseId,
        otherId: hint?.c.id ?? press.arg ?? '',
        viewer: turn.viewer,
        causeId: turn.causeId,
        ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
      });
      if (!changed.ok) await refuse(turn, changed);
    } else if (!facts.c.linkedIds.includes(press.arg ?? '')) {
      await refuse(turn, { ok: false, refusal: 'stale' });
    }
    await showCase(deps, turn, caseId);
  };

  return { presses: { 'merge-into': join('merge'), 'link-with': join('link') } };
}
