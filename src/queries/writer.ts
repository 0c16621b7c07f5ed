import type { Writer } from '../domain/masking/mask.js';
import type { Identity } from '../store/identities.js';

/** What is known of whoever wrote a report, to cover it where a department reads (rules §6). */
export const writerOf = (identity: Identity | null): Writer => ({
  enterprise: identity?.enterpriseName ?? null,
  people: [identity?.contactName, identity?.username].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  ),
});
