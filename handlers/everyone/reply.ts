/** Telegram's own reply to a message that shows a case: its words are about that case, whatever else is being written. */
import { wordsTransition } from '../../src/domain/loose-words.js';
import { transitionRow } from '../../src/domain/transitions/table.js';
import { viewerIn } from '../../src/domain/viewers.js';
import type { Draft } from '../../src/domain/draft.js';
import type { HandlerDeps, Turn } from '../turn.js';

/** The form that takes the words of a reporter's reply; null when it is none to a case, or the case takes no words and nothing else is open. */
export async function formOfReply(
  { queries, actions }: HandlerDeps,
  turn: Turn,
): Promise<Draft | 'refused' | null> {
  const { person, causeId, repliedTo } = turn;
  const card = repliedTo === null ? null : await queries.cardAt(person.id, repliedTo);
  if (!card) return null;
  const repeated = await queries.formOfCause(person.id, causeId);
  if (repeated) return repeated;
  const held = person.draftId === null ? null : await queries.draft(person.draftId);
  const other = held?.state === 'open' ? held : null;
  if (other?.caseId === card.caseId) return other;
  // To whom would staff speak: the enterprise, the department, the commission? They say so by a button.
  if (card.role !== 'enterprise') {
    await turn.toast(turn.reader.text.help.replyByStaff);
    return 'refused';
  }
  const viewer = viewerIn(person, card.role);
  const facts = viewer && (await queries.card(card.caseId, viewer));
  const name = facts && wordsTransition(facts.c, { offered: facts.offered, causeId });
  const form = name ? transitionRow(name)?.form : undefined;
  if (!name || form === undefined) {
    if (!other) return null;
    await turn.toast(turn.reader.text.help.replyNotTaken);
    return 'refused';
  }
  return await actions.beginForm({
    person,
    role: card.role,
    form,
    causeId: `${causeId}+`,
    about: { caseId: card.caseId, transition: name },
    aside: other !== null,
  });
}
