/** Looking at a case: the card, the whole text, the files, and the buttons that change it. */
import type { LookName } from '../../src/domain/audit.js';
import { transitions } from '../../src/domain/transitions/table.js';
import { confidentialities, tiers } from '../../src/domain/taxonomy.js';
import type { TransitionInput, TransitionRow } from '../../src/domain/transitions/row.js';
import { looksLikeNumber, parseCaseNumber } from '../../src/domain/case-number.js';
import type { CardFacts } from '../../src/queries/load-card.js';
import { caseCard, fullText, goneCard } from '../../src/text/cards/case-card.js';
import {
  cardButtons,
  departmentButtons,
  levelButtons,
  tierButtons,
} from '../../src/text/cards/case-buttons.js';
import { levelChanged, levelChoice } from '../../src/text/cards/identity-block.js';
import { blocks, bold, pieces, plain } from '../../src/text/rich.js';
import { view, type Press } from '../../src/text/view.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { beginCaseForm } from './case-form.js';
import { finders, look } from './look.js';
import { refuse, showCase } from './show-case.js';

/** A message holds 4,096 UTF-16 units; the number stands above each piece. */
const mostOfPiece = 4000;
/** As many messages as a chat takes at once; of a longer conversation the latest ones. */
const mostPieces = 15;

export function card(deps: HandlerDeps): Feature {
  const { actions, queries } = deps;

  const facts = async (turn: Turn, press: Press): Promise<CardFacts | null> => {
    const found = press.id === undefined ? null : await queries.card(press.id, turn.viewer);
    if (!found) await refuse(turn, { ok: false, refusal: 'no-such-case' });
    return found;
  };

  /** Departments, levels or tiers to choose from, in place of the card's buttons. */
  const choose = async (row: TransitionRow, turn: Turn, press: Press): Promise<void> => {
    const found = await facts(turn, press);
    if (!found) return;
    if (found.c.rev !== press.rev || !found.offered.includes(row.name))
      return await showCase(deps, turn, found.c.id, { known: found });
    const { reader } = turn;
    const asked = row.choosesLevel
      ? { note: levelChoice(found.c, reader), buttons: levelButtons(found, row.name, reader) }
      : row.choosesTier
        ? { note: reader.text.card.chooseTier, buttons: tierButtons(found, reader) }
        : { note: undefined, buttons: departmentButtons(found, row.name, reader) };
    await turn.show({ ...caseCard(found, reader, asked.note), buttons: asked.buttons });
  };

  /** A press on a transition: opens its form, or makes the change and shows the card as it is now. */
  const change = (row: TransitionRow) => async (turn: Turn, press: Press) => {
    const caseId = press.id ?? '';
    // The head's sign-off uses what the handler wrote; everybody else fills in the form first.
    const signsOff =
      row.name === 'submit' &&
      turn.viewer.role === 'head' &&
      (await queries.card(caseId, turn.viewer))?.relation === 'head';
    if (row.form && !signsOff)
      return await beginCaseForm(deps, turn, {
        caseId,
        row,
        ...(press.rev === undefined ? {} : { rev: press.rev }),
      });
    if (press.arg === undefined && (row.choosesDepartment || row.choosesLevel || row.choosesTier))
      return await choose(row, turn, press);
    const before = row.choosesLevel ? (await queries.card(caseId, turn.viewer))?.c : undefined;
    const changed = await actions.changeCase({
      caseId,
      name: row.name,
      viewer: turn.viewer,
      causeId: turn.causeId,
      ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
      ...(press.arg === undefined ? {} : { input: chosen(row, press.arg) }),
    });
    if (!changed.ok) await refuse(turn, changed);
    else if (row.name === 'urge') await turn.toast(turn.reader.text.forms.urged);
    else if (before) await turn.toast(levelChanged(before, changed.c, turn.reader));
    const now = await queries.card(caseId, turn.viewer);
    if (now) await showCase(deps, turn, caseId, { known: now });
    else if (changed.ok) await turn.show(goneCard(changed.c, turn.viewer, turn.reader));
  };

  return {
    commands: {
      case: {
        roles: ['enterprise', 'officer', 'head', 'liaison', 'duty', 'supervisor', 'leader', 'auditor'],
        run: async (turn, argument) => {
          const number = parseCaseNumber(argument);
          if (argument.trim() === '') return await turn.toast(turn.reader.text.help.giveNumber);
          // Words are looked for; what could be meant as a number is one, however it is mistyped.
          if (number === undefined && !looksLikeNumber(argument) && finders.includes(turn.viewer.role))
            return await look(deps)(turn, argument.trim(), { token: '' });
          // A mistyped number, a missing and a forbidden case are answered alike (rules §6).
          const caseId = number === undefined ? null : await queries.caseIdOf(number);
          await showCase(deps, turn, caseId ?? '');
        },
      },
    },
    presses: {
      ...Object.fromEntries(transitions.filter((row) => !row.hidden).map((row) => [row.name, change(row)])),
      card: async (turn, press) => await showCase(deps, turn, press.id ?? ''),
      full: async (turn, press) => {
        const found = await facts(turn, press);
        const whole = found ? fullText(found, turn.reader) : '';
        if (!found || whole === '') return;
        noteLook(turn, found, 'full-text');
        const { c, role } = found;
        const shows = { caseId: c.id, rev: c.rev, role };
        for (const piece of pieces(whole, mostOfPiece).slice(-mostPieces))
          await turn.sendPiece({ ...view(blocks(bold(c.number), plain(piece))), shows });
      },
      files: async (turn, press) => {
        const found = await facts(turn, press);
        const files = found
          ? [...(found.report?.files ?? []), ...found.thread.flatMap((said) => said.files)]
          : [];
        if (found && files.length > 0) noteLook(turn, found, 'files');
        for (const file of files) await turn.sendFile(file);
      },
      more: async (turn, press) => {
        const found = await facts(turn, press);
        if (found)
          await turn.show({
            ...caseCard(found, turn.reader),
            buttons: cardButtons(found, turn.reader, true),
          });
      },
    },
  };
}

/** Before it is sent: what may have arrived was seen. A reporter's look at his own case is nobody's business. */
const noteLook = (turn: Turn, { c, relation }: CardFacts, what: LookName): void => {
  if (relation !== 'reporter') turn.noteLooks([{ what, caseId: c.id }]);
};

/** What the chosen button means to the transition. */
function chosen(row: TransitionRow, arg: string): TransitionInput {
  if (row.choosesTier) {
    const tier = tiers.find((one) => one === arg);
    return tier ? { tier } : {};
  }
  if (!row.choosesLevel) return { department: arg };
  const confidentiality = confidentialities.find((level) => level === arg);
  return confidentiality ? { confidentiality } : {};
}
