/** Filling in: typed words, files and pressed choices go to the form that is open; completed, it happens. */
import { stepOf } from '../../src/actions/forms/form-steps.js';
import { wasSentBy } from '../../src/actions/forms/send-form.js';
import { cleanText, type StepInput } from '../../src/domain/forms/form.js';
import type { ReportAnswers } from '../../src/domain/forms/report-form.js';
import { viewerIn } from '../../src/domain/viewers.js';
import type { Draft } from '../../src/domain/draft.js';
import { bold, lines } from '../../src/text/rich.js';
import { view, type Press } from '../../src/text/view.js';
import { honestyView } from '../enterprise/report.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { screenOf } from './case-form.js';
import { formOfReply } from './reply.js';
import { refuse, showCase } from './show-case.js';

const groupOf = (draft: Draft): string | undefined => (draft.answers as ReportAnswers).files.at(-2)?.group;

export function forms(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  /** Shows where the form stands: in place after a press or within an album, else as a new message at the bottom. */
  const showStep = async (turn: Turn, draft: Draft, input: StepInput, note?: string): Promise<void> => {
    // Writing on does not lead past the honesty screen (mission: honesty towards the reporter).
    const own = draft.form === 'report' && !(draft.answers as ReportAnswers).onBehalf;
    const unread = own && turn.person.honestySeenAt === null;
    const screen = unread ? honestyView(turn) : await screenOf(deps, draft, turn, note);
    const sameAlbum =
      input.type === 'file' && input.file.group !== undefined && groupOf(draft) === input.file.group;
    const shownIn =
      sameAlbum && draft.cardMessageId !== null
        ? await turn.edit(draft.cardMessageId, screen)
        : await turn.show(screen);
    if (shownIn !== null) await actions.showCard.ofForm(draft, shownIn);
  };

  const finish = async (turn: Turn, draft: Draft): Promise<void> => {
    const changed = await actions.sendForm(draft, turn.viewer, turn.causeId);
    if (!changed.ok) await refuse(turn, changed, draft.caseId);
    if (draft.caseId !== null)
      await showCase(deps, turn, draft.caseId, { headline: changed.ok ? doneLine(turn, draft) : undefined });
  };

  const take = async (turn: Turn, draft: Draft, input: StepInput, expectedRev?: number): Promise<void> => {
    const answered = await actions.answerForm({
      form: draft,
      person: turn.person,
      input,
      causeId: turn.causeId,
      ...(expectedRev === undefined ? {} : { expectedRev }),
    });
    const now = answered.draft;
    if (!answered.ok) {
      if (answered.refusal === null) return;
      await turn.toast(turn.reader.text.refusals[answered.refusal]);
      // Beside another form it stays with that one; asked again he would write into the other.
      const { draftId } = turn.person;
      const aside = input.type !== 'choice' && draftId !== null && draftId !== draft.id;
      if (now?.state === 'open' && !aside) await showStep(turn, now, input);
      return;
    }
    if (now && now.form !== 'report' && stepOf(now) === null) return await finish(turn, now);
    if (now) await showStep(turn, now, input, noteFor(turn, now, input));
  };

  /** The second and later files of an album whose first one completed a form. */
  const follows = async (turn: Turn, input: StepInput): Promise<boolean> => {
    if (input.type !== 'file' || input.file.group === undefined) return false;
    const draft = await queries.formOfAlbum(turn.person.id, input.file.group);
    if (!draft || draft.causes.includes(turn.causeId)) return false;
    const { file, caption } = input;
    const wrong = await actions.checkFile(file);
    if (wrong) {
      await turn.toast(turn.reader.text.refusals[wrong]);
      return true;
    }
    const also = { file, causeId: turn.causeId, ...(caption === undefined ? {} : { caption }) };
    const changed = await actions.sendAlsoFile(draft, inRoleOf(turn, draft).viewer, also);
    if (!changed.ok) await refuse(turn, changed, draft.caseId);
    return true;
  };

  /** A crash may leave somebody with a form that is over: his next words must not go there. */
  const formInHand = async ({ person, causeId }: Turn): Promise<Draft | null> => {
    const held = person.draftId === null ? null : await queries.draft(person.draftId);
    return held?.state === 'open' ? held : await queries.formOfCause(person.id, causeId);
  };

  return {
    presses: {
      step: async (turn, press: Press) => {
        const draft = await queries.draft(press.id ?? '');
        if (!draft || draft.personId !== turn.person.id)
          return await turn.toast(turn.reader.text.refusals['form-over']);
        // An older screen may ask for words next: they are to go to its form, whatever was filled in meanwhile.
        if (draft.state === 'open' && turn.person.draftId !== draft.id)
          await actions.resumeForm(turn.person, draft.id, turn.causeId);
        await take(inRoleOf(turn, draft), draft, { type: 'choice', choice: press.arg ?? '' }, press.rev);
      },
      // The report has its own `send`, which turns its card into the receipt.
      'send-result': async (turn, press) => {
        const draft = await queries.draft(press.id ?? '');
        if (draft?.personId === turn.person.id && wasSentBy(draft, turn.causeId))
          return await finish(inRoleOf(turn, draft), draft);
        if (!draft || draft.personId !== turn.person.id || draft.state !== 'open') {
          return await turn.toast(
            turn.reader.text.refusals[draft?.state === 'sent' ? 'sent-already' : 'form-over'],
          );
        }
        // An old screen must not send a result whose evidence was taken away since.
        if (stepOf(draft) !== 'check') return await turn.toast(turn.reader.text.refusals.stale);
        await finish(inRoleOf(turn, draft), draft);
      },
      cancel: async (turn, press) => {
        const stopped = await actions.cancelForm(turn.person, turn.causeId, {
          ...(press.id ? { draftId: press.id } : {}),
          discard: false,
        });
        await turn.show(view(lines(stoppedLine(turn, stopped))));
      },
    },
    commands: {
      cancel: {
        roles: 'everyone',
        run: async (turn) => {
          const asked = await actions.forgetQuestion(turn.viewer);
          const stopped = await actions.cancelForm(turn.person, turn.causeId, { discard: false });
          const { cancelled } = turn.reader.text.help;
          await turn.send(view(lines(asked && !stopped ? bold(cancelled) : stoppedLine(turn, stopped))));
        },
      },
    },
    words: async (turn, input) => {
      if (await follows(turn, input)) return true;
      const replied = await formOfReply(deps, turn);
      if (replied === 'refused') return true;
      const draft = replied ?? (await formInHand(turn));
      if (!draft) return false;
      await take(inRoleOf(turn, draft), draft, input);
      return true;
    },
  };
}

/** What is filled in belongs to the role it was begun in. */
const inRoleOf = (turn: Turn, { role }: Draft): Turn => ({
  ...turn,
  viewer: viewerIn(turn.person, role) ?? turn.viewer,
});

function stoppedLine({ reader: { text } }: Turn, stopped: Draft | null) {
  if (!stopped) return text.help.nothingToCancel;
  return bold(stopped.state === 'open' ? text.help.draftKept : text.help.cancelled);
}

function doneLine({ reader: { text } }: Turn, draft: Draft): string {
  if (draft.form === 'note') return `✅ ${text.forms.noted}`;
  return `✅ ${draft.form === 'message' || draft.form === 'comment' ? text.forms.sent : text.forms.done}`;
}

/** What the last input did, where the screen does not show it by itself. */
function noteFor({ reader: { text } }: Turn, draft: Draft, input: StepInput): string | undefined {
  const answers = draft.answers as ReportAnswers;
  if (draft.form !== 'report') return undefined;
  if (input.type === 'file' && stepOf(draft) !== 'files') return text.report.fileAdded(answers.files.length);
  const added = input.type === 'text' && answers.text?.endsWith(`\n${cleanText(input.text)}`);
  return added ? text.report.added : undefined;
}
