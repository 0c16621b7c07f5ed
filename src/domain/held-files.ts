/** Files that the reporter sends below open: they stay with the commission, which is told of each, until it releases them (rules §6). Pure. */
import type { CaseRecord } from './case.js';
import { liveStates, type Tell, type TransitionRequest } from './transitions/row.js';

/** The name by which a file of a message is released. */
export const fileKey = (messageId: string, place: number): string => `${messageId}#${place}`;

/** A department has the case and does not get the reporter's files by itself. */
export const holdsFiles = (c: CaseRecord): boolean =>
  c.track === 'service' && c.department !== null && c.confidentiality !== 'open';

/** Since when a file that somebody sent waits to be looked at and released; null when none does. */
export const filesWaitSince = (c: CaseRecord): Date | null =>
  holdsFiles(c) && liveStates.includes(c.state) ? (c.access.waitingFiles?.[0]?.at ?? null) : null;

const holds = (c: CaseRecord, { relation, input }: TransitionRequest): boolean =>
  relation === 'reporter' && holdsFiles(c) && (input.fileKeys ?? []).length > 0;

/** What a transition that brings words of the reporter changes because of the files beside them. */
export function withWaitingFiles(c: CaseRecord, request: TransitionRequest): Partial<CaseRecord> {
  if (!holds(c, request)) return {};
  const come = (request.input.fileKeys ?? []).map((key) => ({ key, at: request.now }));
  return { access: { ...c.access, waitingFiles: [...(c.access.waitingFiles ?? []), ...come] } };
}

/** The duty officers hear of it, of an album once; whoever has the case back from its department hears of the words anyway. */
export const tellsHeldFiles = (c: CaseRecord, request: TransitionRequest): readonly Tell[] =>
  holds(c, request) && request.input.inAlbum !== true && c.state !== 'returned'
    ? [{ event: 'files-held', to: ['duty'] }]
    : [];
