import type { Attachment } from '../../domain/forms/form.js';
import { resultText } from '../../domain/forms/submit-form.js';
import type { SubmitAnswers } from '../../domain/forms/submit-form.js';
import { lowerLevels, type WordsAnswers } from '../../domain/forms/words-form.js';
import type { Viewer } from '../../domain/people.js';
import type { FormName, TransitionInput, TransitionName } from '../../domain/transitions/row.js';
import type { Draft } from '../../domain/draft.js';
import type { Changed } from '../change-case.js';
import type { ActionDeps } from '../deps.js';
import { say } from '../say.js';

/** Marks the form that an update has sent, which its later handling knows it by. */
const sentBy = (causeId: string): string => `${causeId}!`;

/** Whether this very update has sent the form before: what came after that may still be missing. */
export const wasSentBy = (draft: Draft, causeId: string): boolean =>
  draft.state === 'sent' && draft.causes.includes(sentBy(causeId));

/** Makes a completed form about a case happen: stores its words, changes the case, ends the form. */
export const sendForm =
  (deps: ActionDeps) =>
  async (draft: Draft, viewer: Viewer, causeId: string): Promise<Changed> => {
    const { caseId, transition } = draft;
    if (caseId === null || transition === null) return { ok: false, refusal: 'not-possible-now' };
    const answers = draft.answers as WordsAnswers & SubmitAnswers;
    const submitting = draft.form === 'submit';
    const changed = await say(deps)({
      caseId,
      name: transition as TransitionName,
      form: draft.form,
      viewer,
      text: submitting ? resultText(answers) : (answers.text ?? ''),
      files: answers.files,
      causeId,
      input: inputOf(draft.form, answers),
    });
    const now = (await deps.store.drafts.byId(draft.id)) ?? draft;
    if (now.state === 'open' && (changed.ok || changed.refusal !== 'nothing-written')) {
      const album = answers.files.at(-1)?.group;
      const over = changed.ok
        ? { state: 'sent' as const, ...(album ? { album } : {}) }
        : { state: 'cancelled' as const };
      await deps.store.drafts.replace(now, over, sentBy(causeId));
      await deps.store.people.leaveForm(viewer.personId, draft.id);
    }
    return changed;
  };

const notes: readonly FormName[] = ['note', 'call', 'explain', 'task', 'progress'];

/** Another file of the album whose first file completed a form: it follows as a message, or a note, of its own. */
export const sendAlsoFile =
  (deps: ActionDeps) =>
  async (draft: Draft, viewer: Viewer, { file, caption, causeId }: AlsoFile): Promise<Changed> => {
    if (draft.caseId === null) return { ok: false, refusal: 'not-possible-now' };
    const name = notes.includes(draft.form) ? 'note' : 'message';
    return await say(deps)({
      caseId: draft.caseId,
      name,
      form: name,
      viewer,
      text: caption ?? '',
      files: [file],
      causeId,
      input: { inAlbum: true },
    });
  };

export interface AlsoFile {
  readonly file: Attachment;
  readonly caption?: string;
  readonly causeId: string;
}

/** What the pressed choice of a form means to the rules. */
export function inputOf(form: FormName, { choice }: WordsAnswers): TransitionInput {
  if (form === 'withdraw') return { asked: choice === 'asked' };
  if (form === 'lower') {
    const level = lowerLevels.find((known) => known === choice);
    return level ? { confidentiality: level } : {};
  }
  return form === 'extension' || form === 'defer' ? { days: Number(choice) } : {};
}
