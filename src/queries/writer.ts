import { withTold, type Writer } from '../domain/masking/mask.js';
import type { Identity } from '../store/identities.js';
import type { Message } from '../store/messages.js';

/**
 * What is known of whoever wrote a report, to cover it where a department reads (rules §6). Takes everything that was said
 * in the case, not the report alone: a name told once is covered everywhere, or a list would show what the card covers.
 */
export const writerOf = (
  identity: Identity | null,
  messages: readonly Pick<Message, 'side' | 'text'>[],
): Writer => {
  const people = [identity?.contactName, identity?.username].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  const told = messages.filter(({ side }) => side === 'enterprise').map(({ text }) => text);
  const numbers = identity?.uscc ? [identity.uscc] : [];
  return withTold({ enterprise: identity?.enterpriseName ?? null, people, numbers }, told);
};
