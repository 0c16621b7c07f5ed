import { denialNames } from '../../src/domain/audit.js';
import type { Changed } from '../../src/actions/change-case.js';
import type { CardFacts } from '../../src/queries/load-card.js';
import { caseCard } from '../../src/text/cards/case-card.js';
import { formatTime } from '../../src/text/format.js';
import type { HandlerDeps, Turn } from '../turn.js';

/** Shows a case in place of the pressed message, or anew, as `known` where it was just read; says plainly when there is nothing to see. */
export async function showCase(
  { queries, actions }: HandlerDeps,
  turn: Turn,
  caseId: string,
  { headline, known }: { readonly headline?: string | undefined; readonly known?: CardFacts } = {},
): Promise<void> {
  const facts = known ?? (await queries.card(caseId, turn.viewer));
  if (!facts) return await refuse(turn, { ok: false, refusal: 'no-such-case' }, caseId);
  const shownIn = await turn.show(caseCard(facts, turn.reader, headline));
  if (shownIn !== null) await actions.showCard.ofCase(turn.person.id, shownIn, caseId, turn.viewer.role);
}

/** Words a refusal: a toast on a press, a message otherwise; being turned away is noted, missing and forbidden alike (rules §6). */
export async function refuse(
  turn: Turn,
  refused: Extract<Changed, { ok: false }>,
  caseId = turn.pressedId,
): Promise<void> {
  const noted = denialNames.find((name) => name === refused.refusal);
  if (noted) turn.noteDenial(noted, caseId === '' ? null : caseId);
  const { refusals } = turn.reader.text;
  if (refused.refusal !== 'done-by-colleague') return await turn.toast(refusals[refused.refusal]);
  const time = refused.at ? formatTime(refused.at, turn.reader.timeZone) : '';
  await turn.toast(refusals['done-by-colleague']({ time }));
}
