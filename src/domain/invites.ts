/** Letting somebody in: who may invite into which role, and what an invitation goes through. Pure. */
import type { Grant, Role, Viewer } from './people.js';

export interface Invite extends Grant {
  readonly id: string;
  readonly createdBy: string;
  /** The role in which he invited. */
  readonly createdAs: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: 'open' | 'joined' | 'confirmed' | 'refused';
  readonly joinedBy: string | null;
}

/** The one place for its numbers. Natural days and minutes. */
export const inviteLimits = { standsDays: 7, wrongTries: 5, tryWindowMinutes: 60 } as const;

/** Roles of staff that an administrator can give away; nobody is invited to report, for anyone may. */
export const invitableRoles: readonly Role[] = [
  'officer',
  'head',
  'duty',
  'supervisor',
  'leader',
  'liaison',
  'auditor',
  'admin',
];

const inDepartment = (role: Role): boolean => role === 'officer' || role === 'head';

/** The administrator invites into every role, a head officers of his own department. */
export function mayInvite(viewer: Viewer, { role, department }: Grant): boolean {
  if (!invitableRoles.includes(role) || inDepartment(role) !== (department !== undefined)) return false;
  if (viewer.role === 'admin') return true;
  const own = department !== undefined && (viewer.departments ?? []).includes(department);
  return viewer.role === 'head' && role === 'officer' && own;
}

/** Only who invited says whether the right person came, and only while he may still invite into that role. */
export const mayDecideInvite = (viewer: Viewer, invite: Invite): boolean =>
  invite.createdBy === viewer.personId && mayInvite(viewer, invite);

const prefix = 'inv-';
const tokenPattern = /^[\w-]{43}$/;

/** What follows `start` in the link: at most 64 characters of A-Za-z0-9_-. */
export const invitePayload = (token: string): string => `${prefix}${token}`;

export const isInvitePayload = (payload: string): boolean => payload.startsWith(prefix);

/** The token in a payload; null for what cannot be one. */
export function tokenIn(payload: string): string | null {
  const token = payload.slice(prefix.length);
  return isInvitePayload(payload) && tokenPattern.test(token) ? token : null;
}
