/** How many messages of one person are read in a minute: a flood must not keep the others waiting. */
import type { Update } from 'telegraf/types';

export type Flood = 'read' | 'tell' | 'skip';

/** An album of 20 files and a hurried report stay far below it. */
export const usualMessagesPerMinute = 60;

const windowS = 60;
/** People of whom the count is kept; whoever was silent for longest is forgotten first. */
const remembered = 10_000;

interface Count {
  readonly since: number;
  readonly messages: number;
  readonly told: boolean;
  /** The update counted last, and what was said of it. */
  readonly updateId: number;
  readonly flood: Flood;
}

export interface FloodLimit {
  /** Says of an update whether it is read, answered with the one notice, or skipped. */
  readonly of: (update: Update) => Flood;
  /** The one notice went out; until then the next message above the limit is told as well. */
  readonly noteTold: (update: Update) => void;
}

/**
 * Goes by when a message was sent and not by when it is read: what waited during an outage is no flood. Nor is an update
 * that is tried again: a person's updates come one after the other, so the last one of each is recognised. Presses are not
 * counted. Once told, a person is told again only after a minute below the limit.
 */
export function createFloodLimit(messagesPerMinute: number): FloodLimit {
  const counts = new Map<number, Count>();
  return {
    of(update) {
      const sent = messageIn(update);
      if (sent === undefined) return 'read';
      const before = counts.get(sent.from);
      if (before?.updateId === update.update_id) return before.flood;
      const running = before !== undefined && Math.abs(sent.date - before.since) < windowS;
      const messages = running ? before.messages + 1 : 1;
      const quiet = !running && (before === undefined || before.messages <= messagesPerMinute);
      const told = before !== undefined && before.told && !quiet;
      const over = messages > messagesPerMinute;
      const flood = over ? (told ? 'skip' : 'tell') : 'read';
      counts.delete(sent.from);
      counts.set(sent.from, {
        since: running ? before.since : sent.date,
        messages,
        told,
        updateId: update.update_id,
        flood,
      });
      const [oldest] = counts.keys();
      if (counts.size > remembered && oldest !== undefined) counts.delete(oldest);
      return flood;
    },
    noteTold(update) {
      const sent = messageIn(update);
      const count = sent && counts.get(sent.from);
      if (count) counts.set(sent.from, { ...count, told: true });
    },
  };
}

const messageIn = (update: Update): { readonly from: number; readonly date: number } | undefined => {
  const message = 'message' in update ? update.message : undefined;
  return message?.from && { from: message.from.id, date: message.date };
};
