import type { CardFacts } from '../../queries/load-card.js';

/** How much of a report and of a message a card shows, in UTF-16 units, and how many messages. */
export const shownOfReport = 700;
export const shownOfMessage = 400;
export const shownMessages = 4;

/** Whether a card shows only part of the report or of the conversation, so that reading it whole is offered. */
export const isCut = ({ report, thread }: CardFacts): boolean =>
  (report?.text.length ?? 0) > shownOfReport ||
  thread.length > shownMessages ||
  thread.some(({ text }) => text.length > shownOfMessage);
