/** Who sees what, how long it is kept, and what a person may have deleted by himself. */
import { mayLeave } from '../../src/domain/viewers.js';
import type { Draft } from '../../src/domain/draft.js';
import { blocks, lines, plain } from '../../src/text/rich.js';
import { view, type Button, type View } from '../../src/text/view.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

export function privacy({ actions, queries }: HandlerDeps): Feature {
  const privacyView = (turn: Turn, draft: Draft | null): View => {
    const { help, keeping } = turn.reader.text;
    const buttons: readonly Button[] = [
      ...(draft ? [{ label: keeping.forgetDraft, press: { action: 'forget-draft' } }] : []),
      ...(mayLeave(turn.person) ? [{ label: keeping.forgetMe, press: { action: 'forget-me' } }] : []),
    ];
    return view(
      blocks(help.privacy, keeping.kept),
      buttons.map((button) => [button]),
    );
  };

  /** Whatever he has not sent: the report he may come back to. */
  const show = async (turn: Turn): Promise<void> =>
    void (await turn.show(privacyView(turn, await queries.openReportOf(turn.person.id))));

  return {
    commands: { privacy: { roles: 'everyone', run: show } },
    presses: {
      privacy: show,
      'forget-draft': async (turn) => {
        await actions.forgetDrafts(turn.person.id);
        await turn.toast(turn.reader.text.keeping.draftForgotten);
        await show(turn);
      },
      'forget-me': async (turn) => {
        const { buttons, keeping } = turn.reader.text;
        if (!mayLeave(turn.person)) return await turn.toast(keeping.staffStay);
        await turn.show(
          view(plain(keeping.askForgetMe(await queries.casesOfReporter(turn.person.id))), [
            [{ label: keeping.forgetMeNow, press: { action: 'forget-me-now' } }],
            [{ label: buttons.back, press: { action: 'privacy' } }],
          ]),
        );
      },
      'forget-me-now': async (turn) => {
        const { keeping } = turn.reader.text;
        const gone = await actions.forgetPerson(turn.person);
        if (gone) await turn.show(view(lines(keeping.forgotten)));
        else await turn.toast(keeping.staffStay);
      },
    },
  };
}
