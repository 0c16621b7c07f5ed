import type { Grant, Viewer } from '../domain/people.js';
import type { Invite } from '../domain/invites.js';
import type { Department } from '../store/organisation.js';
import type { StaffEntry } from '../store/staff-log.js';
import type { QueryDeps } from './deps.js';

export interface StaffMember {
  readonly personId: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** How many open cases he has in hand. */
  readonly open: number;
}

/** Departments and staff, nothing of cases but a count, and nobody who only speaks for an enterprise. */
export interface OrganisationView {
  readonly departments: readonly Department[];
  readonly staff: readonly StaffMember[];
  readonly log: readonly StaffEntry[];
}

const shownEntries = 20;

/** For the administrator; null for everybody else. */
export const loadOrganisation =
  ({ store }: QueryDeps) =>
  async (viewer: Viewer): Promise<OrganisationView | null> => {
    if (viewer.role !== 'admin') return null;
    const [departments, people, holdings, log] = await Promise.all([
      store.organisation.departments(),
      store.people.withGrants(),
      store.work.holdings(),
      store.staffLog.latest(shownEntries),
    ]);
    const staff = people.map(({ id, contact, grants }) => ({
      personId: id,
      name: contact.name,
      grants: grants.filter(({ role }) => role !== 'enterprise'),
      open: holdings.filter(({ handlerId }) => handlerId === id).reduce((sum, { open }) => sum + open, 0),
    }));
    return { departments, staff: staff.filter(({ grants }) => grants.length > 0), log };
  };

export interface ShownInvite {
  readonly invite: Invite;
  readonly name: string;
  readonly username: string | null;
  readonly department: Department | undefined;
}

/** An invitation somebody has come with, for who made it; null for everybody else. */
export const loadInvite =
  ({ store }: QueryDeps) =>
  async (id: string, viewer: Pick<Viewer, 'personId'>): Promise<ShownInvite | null> => {
    const invite = await store.invites.byId(id);
    if (!invite || invite.createdBy !== viewer.personId || invite.joinedBy === null) return null;
    const [person, department] = await Promise.all([
      store.people.byId(invite.joinedBy),
      invite.department === undefined ? null : store.organisation.department(invite.department),
    ]);
    if (!person) return null;
    const { name, username } = person.contact;
    return { invite, name, username, department: department ?? undefined };
  };
