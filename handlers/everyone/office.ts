/** What a card and the morning digest carry beside the case itself: its letters, and opening it apart from the list. */
import { writeLetter } from '../../src/letters/write-letter.js';
import { caseCard } from '../../src/text/cards/case-card.js';
import type { Feature, HandlerDeps } from '../turn.js';
import { refuse } from './show-case.js';

export const office = ({ queries, actions }: HandlerDeps): Feature => ({
  presses: {
    /** Every letter he may hold, the oldest first. */
    letters: async (turn, press) => {
      const facts = press.id === undefined ? null : await queries.card(press.id, turn.viewer);
      if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
      if (facts.letters.length === 0) return await turn.toast(turn.reader.text.office.letters.none);
      turn.noteLooks([{ what: 'letter', caseId: facts.c.id }]);
      for (const letter of facts.letters) await turn.sendDocument(await writeLetter(letter, turn.reader));
    },

    /** Opens a case in a message of its own, so that the digest stays. */
    open: async (turn, press) => {
      const facts = press.id === undefined ? null : await queries.card(press.id, turn.viewer);
      if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' });
      const shownIn = await turn.send(caseCard(facts, turn.reader));
      if (shownIn !== null)
        await actions.showCard.ofCase(turn.person.id, shownIn, facts.c.id, turn.viewer.role);
    },
  },
});
