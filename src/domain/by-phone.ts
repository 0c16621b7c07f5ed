/** An enterprise without a chat is called: what it has to hear or be asked becomes a task of the commission (rules §2, file-for). Pure. */
import type { CaseRecord, OutboxEntry } from './case.js';

export const hasChat = (c: Pick<CaseRecord, 'reporterId'>): boolean => c.reporterId !== '';

/** What is worth a call, and as what the duty officer hears of it; other progress is not told at all. */
const spoken: Readonly<Record<string, string>> = {
  survey: 'survey-by-phone',
  message: 'tell-by-phone',
  declined: 'tell-by-phone',
  waiting: 'tell-by-phone',
  'asked-more': 'tell-by-phone',
  'progress-unmasked': 'tell-by-phone',
  'lower-asked': 'tell-by-phone',
  'enterprise-doubted': 'tell-by-phone',
};

/** Whether an event is worth a call to whoever cannot be reached here. */
export const needsCall = (event: string): boolean => Object.hasOwn(spoken, event);

/** Takes an outbox entry, gives it with the duty officer in place of a reporter who has no chat. */
export function byPhone(c: CaseRecord, entry: OutboxEntry): OutboxEntry {
  if (hasChat(c) || !entry.to.includes('reporter')) return entry;
  const to = entry.to.filter((audience) => audience !== 'reporter');
  const event = entry.clock ? entry.event : spoken[entry.event];
  return event === undefined ? { ...entry, to } : { ...entry, event, to: [...to, 'duty'] };
}
