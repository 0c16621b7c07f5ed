/** Reporting: begin or resume, and sending, which turns the review card into the receipt (design §2.2). */
import type { Draft } from '../../src/domain/draft.js';
import { isEmptyReport, type ReportAnswers } from '../../src/domain/forms/report-form.js';
import type { StepInput } from '../../src/domain/forms/form.js';
import { viewerIn } from '../../src/domain/viewers.js';
import { cut, lines, plain } from '../../src/text/rich.js';
import { receiptView } from '../../src/text/screens/receipt.js';
import { view } from '../../src/text/view.js';
import { screenOf } from '../everyone/case-form.js';
import { refuse, showCase } from '../everyone/show-case.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';

const excerptLength = 80;

/** The honesty screen comes once, before the first report (mission: honesty towards the reporter). */
export const honestyView = (turn: Turn) =>
  view(plain(turn.reader.text.help.honesty), [
    [{ label: turn.reader.text.help.honestyOk, press: { action: 'honesty-ok' } }],
  ]);

export function report(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  const begin = async (turn: Turn): Promise<void> => {
    const draft = await actions.beginForm({
      person: turn.person,
      role: 'enterprise',
      form: 'report',
      causeId: turn.causeId,
    });
    const shownIn = await turn.show(await screenOf(deps, draft, turn));
    if (shownIn !== null) await actions.showCard.ofForm(draft, shownIn);
  };

  /** An unfinished report is offered again; nothing is thrown away unasked. */
  const beginOrResume = async (turn: Turn): Promise<void> => {
    if (turn.person.honestySeenAt === null) {
      await turn.show(honestyView(turn));
      return;
    }
    const unfinished = await queries.openReportOf(turn.person.id);
    if (!unfinished) return await begin(turn);
    const answers = unfinished.answers as ReportAnswers;
    if (isEmptyReport(answers)) return await resume(turn, unfinished.id);
    const { text } = turn.reader;
    await turn.show(
      view(lines(text.report.resume(cut(answers.text ?? `📎${answers.files.length}`, excerptLength))), [
        [{ label: text.buttons.resumeDraft, press: { action: 'resume-draft', id: unfinished.id } }],
        [{ label: text.buttons.newDraft, press: { action: 'begin-anew', id: unfinished.id } }],
      ]),
    );
  };

  const resume = async (turn: Turn, draftId: string): Promise<void> => {
    const draft = await queries.draft(draftId);
    if (!draft || draft.personId !== turn.person.id || draft.state !== 'open')
      return await turn.toast(turn.reader.text.refusals['form-over']);
    await actions.resumeForm(turn.person, draft.id, turn.causeId);
    const shownIn = await turn.show(await screenOf(deps, draft, turn));
    if (shownIn !== null) await actions.showCard.ofForm(draft, shownIn);
  };

  /** Where words without a form go: into a report that was begun and is empty, else into a new one; a kept one stays. */
  const draftFor = async (turn: Turn, unfinished: Draft | null): Promise<Draft> => {
    const asking = (await queries.casesThatAsk(turn.viewer)).map(({ id, number }) => ({
      caseId: id,
      number,
    }));
    if (unfinished && asking.length === 0 && isEmptyReport(unfinished.answers as ReportAnswers)) {
      await actions.resumeForm(turn.person, unfinished.id, turn.causeId);
      return unfinished;
    }
    return await actions.beginForm({
      person: turn.person,
      role: 'enterprise',
      form: 'report',
      causeId: `${turn.causeId}+`,
      asking,
    });
  };

  return {
    commands: { report: { roles: ['enterprise'], run: beginOrResume } },
    presses: {
      report: beginOrResume,
      'honesty-ok': async (turn) => {
        const person = await actions.choose(turn.person, { honestySeenAt: turn.reader.now });
        const open = person.draftId === null ? null : await queries.draft(person.draftId);
        if (open?.form === 'report' && open.state === 'open') return await resume(turn, open.id);
        await beginOrResume({ ...turn, person });
      },
      'resume-draft': async (turn, press) => await resume(turn, press.id ?? ''),
      'begin-anew': async (turn, press) => {
        await actions.cancelForm(turn.person, turn.causeId, {
          ...(press.id ? { draftId: press.id } : {}),
          discard: true,
        });
        await begin(turn);
      },
      // It was no report but an answer to one of his cases.
      answers: async (turn, press) => {
        const answered = await actions.answerCase({
          person: turn.person,
          draftId: press.id ?? '',
          place: Number(press.arg),
          causeId: turn.causeId,
        });
        const { text } = turn.reader;
        if (answered.ok) {
          const reporter = { ...turn, viewer: viewerIn(turn.person, 'enterprise') ?? turn.viewer };
          return await showCase(deps, reporter, answered.caseId, { headline: `✅ ${text.forms.sent}` });
        }
        const { refused, draft } = answered;
        if (refused === 'form-over') return await turn.toast(text.refusals[refused]);
        await refuse(turn, refused, '');
        if (draft) await turn.show(await screenOf(deps, draft, turn));
      },
      send: async (turn, press) => {
        const filed = await actions.fileReport({
          person: turn.person,
          draftId: press.id ?? '',
          causeId: turn.causeId,
          expectedRev: press.rev ?? 0,
        });
        if (filed.ok) {
          const shownIn = await turn.show(receiptView(filed.c, turn.reader));
          if (shownIn !== null)
            await actions.showCard.ofCase(turn.person.id, shownIn, filed.c.id, 'enterprise');
          return;
        }
        await turn.toast(turn.reader.text.refusals[filed.refusal]);
        if (filed.draft) await turn.show(await screenOf(deps, filed.draft, turn));
      },
    },
    // Words without a form are the beginning of a report: free text first.
    words: async (turn, input: StepInput) => {
      if (turn.viewer.role !== 'enterprise' || input.type === 'choice') return false;
      const unfinished = await queries.openReportOf(turn.person.id);
      const draft = await draftFor(turn, unfinished);
      const kept =
        unfinished && unfinished.id !== draft.id && !isEmptyReport(unfinished.answers as ReportAnswers);
      const note = kept ? turn.reader.text.report.otherKept : undefined;
      const answered = await actions.answerForm({
        form: draft,
        person: turn.person,
        input,
        causeId: turn.causeId,
      });
      if (!answered.ok) {
        if (answered.refusal === null) return true;
        await turn.toast(turn.reader.text.refusals[answered.refusal]);
      }
      const now = answered.draft ?? draft;
      const shown =
        turn.person.honestySeenAt === null ? honestyView(turn) : await screenOf(deps, now, turn, note);
      const shownIn = await turn.show(shown);
      if (shownIn !== null) await actions.showCard.ofForm(now, shownIn);
      return true;
    },
  };
}
