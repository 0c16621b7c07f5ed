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
}

/**
 * Says of each update whether it is read, answered with the one notice, or skipped. Goes by when a message was sent and
 * not by when it is read: what waited during an outage is no flood. Presses are not counted. Once told, a person is
 * told again only after a minute below the limit.
 */
export function createFloodLimit(messagesPerMinute: number): (update: Update) => Flood {
  const counts = new Map<number, Count>();
  return (update) => {
    const message = 'message' in update ? update.message : undefined;
    const from = message?.from?.id;
    if (message === undefined || from === undefined) return 'read';
    const before = counts.get(from);
    const running = before !== undefined && Math.abs(message.date - before.since) < windowS;
    const messages = running ? before.messages + 1 : 1;
    const quiet = !running && (before === undefined || before.messages <= messagesPerMinute);
    const told = before !== undefined && before.told && !quiet;
    const over = messages > messagesPerMinute;
    counts.delete(from);
    counts.set(from, {
      since: running ? before.since : message.date,
      messages,
      told: told || over,
    });
    const [oldest] = counts.keys();
    if (counts.size > remembered && oldest !== undefined) counts.delete(oldest);
    if (!over) return 'read';
    return told ? 'skip' : 'tell';
  };
}
