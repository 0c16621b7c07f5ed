import { trusted } from 'mongoose';
import type { Role } from '../domain/people.js';

/** Where a case says whom it keeps out, as `isKeptOut` reads it: by an exclusion, as its reporter, by an interest. */
const places = ['excludedPersonIds', 'reporterId', 'access.interestedIds'] as const;

/** Leaves out of a list what its reader was excluded from and, as staff, what he or his enterprise reported (rules §6). */
export const keptOut = (personId: string, role: Role): Record<string, unknown> =>
  role === 'enterprise' ? {} : Object.fromEntries(places.map((place) => [place, trusted({ $ne: personId })]));

/** Cases that keep out each of these people; all cases where there is nobody. */
export const keepsOutAll = (people: readonly string[]): Record<string, unknown> =>
  people.length === 0
    ? {}
    : { $and: people.map((id) => ({ $or: places.map((place) => ({ [place]: id })) })) };
