/** Hints at possible duplicates on the duty officer's card, and the cases this one was linked with. */
import { hasChat } from '../../domain/by-phone.js';
import { isCommission } from '../../domain/people.js';
import type { CardFacts } from '../../queries/load-card.js';
import { bold, lines, type Part } from '../rich.js';
import type { Reader } from '../reader.js';
import { inRows, type Button } from '../view.js';

/** How a case that staff filed came in, for the commission. */
export function originLine({ c, relation }: CardFacts, { text }: Reader): Part | null {
  if (c.source === null || !isCommission(relation)) return null;
  const asked = c.history.some((entry) => entry.transition === 'survey-by-call');
  return lines(
    `📝 ${text.onBehalf.title} · ${text.onBehalf.sources[c.source]}`,
    hasChat(c) ? null : text.onBehalf.noChat,
    asked ? text.onBehalf.asked : null,
  );
}

export function hintLines({ hints, linked }: CardFacts, { text }: Reader): Part | null {
  if (hints.length === 0 && linked.length === 0) return null;
  const { duplicates, words } = text;
  return lines(
    hints.length > 0 ? bold(duplicates.title) : null,
    ...hints.map(({ c, percent }) =>
      duplicates.line({ number: c.number, state: words.state[c.state], percent }),
    ),
    ...linked.map((c) => duplicates.linked({ number: c.number, state: words.state[c.state] })),
  );
}

export function hintButtons(
  { c, hints, linked }: CardFacts,
  { text }: Reader,
): readonly (readonly Button[])[] {
  const { duplicates } = text;
  const press = (action: string, arg: string) => ({ action, id: c.id, rev: c.rev, arg });
  const open = (other: { readonly id: string; readonly number: string }): Button => ({
    label: duplicates.open(other.number.slice(-8)),
    press: { action: 'card', id: other.id },
  });
  return [
    ...hints.map((hint) => [
      open(hint.c),
      ...(hint.mergeable ? [{ label: duplicates.merge, press: press('merge-into', hint.c.id) }] : []),
      { label: duplicates.link, press: press('link-with', hint.c.id) },
    ]),
    ...inRows(linked.map(open), 2),
  ];
}
