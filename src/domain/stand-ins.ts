/** Who hears it instead when somebody cannot be reached (faults 13): nothing that has to be done waits for him. Pure. */
import { needsCall } from './by-phone.js';
import type { CaseRecord, OutboxEntry } from './case.js';
import type { Role } from './people.js';

/** Whom to look for, one after the other, until somebody can be reached who may see the case (rules §6). */
export const standInsOf: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  // Other contacts of the enterprise may not know of it: a case is its reporter's own. Its liaison may, of what is not locked.
  enterprise: ['liaison', 'duty', 'supervisor', 'leader'],
  officer: ['officer', 'head', 'duty', 'supervisor', 'leader'],
  head: ['head', 'duty', 'supervisor', 'leader'],
  duty: ['duty', 'supervisor', 'leader'],
  supervisor: ['supervisor', 'leader', 'duty'],
  leader: ['leader', 'supervisor', 'duty'],
};

/** What only says how things stand; whoever missed it reads it when he is back. */
const merelyTold: readonly string[] = [
  'called',
  'co-department-added',
  'delisted',
  'exclusion-lifted',
  'explained',
  'leader-released',
  'letter',
  'refresh',
  'signed',
  'signed-off',
  'struck-off',
  'submitted-head',
  'survey-comment',
  'task-done',
  'tolerance-granted',
];

/** Of a head: his officers sign and act. */
const toldToHeads: readonly string[] = ['dispatched', 'message', 'urged'];

/** Whether an event is passed on when its addressee cannot be reached: every reminder, and what waits for his hand. */
export function isPassedOn({
  event,
  role,
  clock,
}: {
  readonly event: string;
  readonly role: Role;
  readonly clock: OutboxEntry['clock'] | null;
}): boolean {
  if (clock) return true;
  if (role === 'enterprise') return needsCall(event);
  if (role === 'head' && toldToHeads.includes(event)) return false;
  return !merelyTold.includes(event) && !event.startsWith('progress-');
}

/** Who caused what an outbox entry tells; its id begins with the revision. */
export const causedBy = (c: CaseRecord, entryId: string): string | null =>
  c.history.find(({ rev }) => rev === Number.parseInt(entryId, 10))?.by ?? null;
