/** Filing for an enterprise: what a visit, a call or a meeting brought up (rules §2, file-for). */
import { receiptView } from '../../src/text/screens/receipt.js';
import { screenOf } from '../everyone/case-form.js';
import type { Feature, HandlerDeps } from '../turn.js';

export const fileFor = (deps: HandlerDeps): Feature => ({
  commands: {
    file: {
      roles: ['duty', 'liaison'],
      run: async (turn) => {
        const { role } = turn.viewer;
        const { person, causeId } = turn;
        const draft = await deps.actions.beginForm({
          person,
          role,
          form: 'report',
          causeId,
          onBehalf: true,
        });
        const shownIn = await turn.show(await screenOf(deps, draft, turn));
        if (shownIn !== null) await deps.actions.showCard.ofForm(draft, shownIn);
      },
    },
  },
  presses: {
    'send-for': async (turn, press) => {
      const filed = await deps.actions.fileFor({
        person: turn.person,
        role: turn.viewer.role,
        draftId: press.id ?? '',
        causeId: turn.causeId,
        expectedRev: press.rev ?? 0,
      });
      if (filed.ok) return void (await turn.show(receiptView(filed.c, turn.reader)));
      await turn.toast(turn.reader.text.refusals[filed.refusal]);
      if (filed.draft) await turn.show(await screenOf(deps, filed.draft, turn));
    },
  },
});
