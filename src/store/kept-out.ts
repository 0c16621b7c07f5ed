import { trusted } from 'mongoose';
import type { Role } from '../domain/people.js';

/** Leaves out of a list what its reader was excluded from and, as staff, what he or his enterprise reported (rules §6). */
export const keptOut = (personId: string, role: Role): Record<string, unknown> =>
  role === 'enterprise'
    ? {}
    : {
        excludedPersonIds: trusted({ $ne: personId }),
        reporterId: trusted({ $ne: personId }),
        'access.interestedIds': trusted({ $ne: personId }),
      };
