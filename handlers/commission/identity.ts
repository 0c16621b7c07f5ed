/** What the duty officer does before a department reads: cover what tells who it is, and give files one by one (rules §6). */
import type { CardFacts, HeldFile } from '../../src/queries/load-card.js';
import { heldFilesView } from '../../src/text/screens/held-files-screen.js';
import type { Press } from '../../src/text/view.js';
import { refuse, showCase } from '../everyone/show-case.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

export function identity(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  /** The case and the file a button names; the place in the list holds for the revision it was drawn for. */
  const named = async (
    turn: Turn,
    press: Press,
  ): Promise<{ readonly facts: CardFacts; readonly held: HeldFile } | null> => {
    const facts = press.id === undefined ? null : await queries.card(press.id, turn.viewer);
    const held = facts?.files[Number(press.arg) - 1];
    if (facts && held) return { facts, held };
    await refuse(turn, { ok: false, refusal: facts ? 'not-yours' : 'no-such-case' });
    return null;
  };

  return {
    presses: {
      mask: async (turn, press) => {
        const caseId = press.id ?? '';
        const done = await actions.maskReport({
          caseId,
          viewer: turn.viewer,
          causeId: turn.causeId,
          ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
        });
        const { mask } = turn.reader.text.identity;
        if (done === 'nothing-to-mask') await turn.toast(mask.nothing);
        else if (done.ok) await turn.toast(mask.applied);
        else await refuse(turn, done);
        await showCase(deps, turn, caseId);
      },
      'held-files': async (turn, press) => {
        const facts = press.id === undefined ? null : await queries.card(press.id, turn.viewer);
        if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
        if (facts.files.length === 0) return await turn.toast(turn.reader.text.identity.files.none);
        await turn.show(heldFilesView(facts, turn.reader));
      },
      'look-file': async (turn, press) => {
        const found = await named(turn, press);
        if (!found) return;
        turn.noteLooks([{ what: 'files', caseId: found.facts.c.id }]);
        await turn.sendFile(found.held.file);
      },
      'release-file': async (turn, press) => {
        const found = await named(turn, press);
        if (!found) return;
        const changed = await actions.changeCase({
          caseId: found.facts.c.id,
          name: 'release-file',
          viewer: turn.viewer,
          causeId: turn.causeId,
          input: { fileKey: found.held.key },
          ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
        });
        if (!changed.ok) await refuse(turn, changed);
        const now = await queries.card(found.facts.c.id, turn.viewer);
        if (now) await turn.show(heldFilesView(now, turn.reader));
      },
    },
  };
}
