/** Who somebody is to the channel, and who he is to one case (rules §6). */
import type { CaseRecord } from './case.js';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

export const roles = [
  'enterprise',
  'officer',
  'head',
  'liaison',
  'duty',
  'supervisor',
  'leader',
  'auditor',
  'admin',
] as const;
export type Role = (typeof roles)[number];

export const commissionRoles: readonly Role[] = ['duty', 'supervisor', 'leader'];
export const departmentRoles: readonly Role[] = ['officer', 'head'];

/** One role somebody holds; officers and heads hold it in a department. */
export interface Grant {
  readonly role: Role;
  readonly department?: string;
  /** The enterprises a liaison is the contact of. */
  readonly enterprises?: readonly string[];
  /** Came by an invitation; what the organisation file gives carries no mark. */
  readonly via?: 'invite';
}

/** A contact of an enterprise is nobody's staff. */
export const isStaff = ({ role }: Grant): boolean => role !== 'enterprise';

/** Somebody acting in one of his roles, in every department he holds it in. */
export interface Viewer {
  readonly personId: string;
  readonly role: Role;
  readonly departments?: readonly string[];
  /** The enterprises a liaison looks after. */
  readonly enterprises?: readonly string[];
}

export const relations = [
  'reporter',
  'handler',
  'officer',
  'head',
  'co-officer',
  'liaison',
  'duty',
  'supervisor',
  'leader',
  'auditor',
  'stranger',
] as const;
export type Relation = (typeof relations)[number];

/**
 * Takes a viewer and a case, gives who he is to it. Departments are strangers to the integrity track; after signing
 * only the handler and the head remain; whoever or whichever department was excluded is a stranger in every role, but for the
 * reporter to his own report: that he alone cannot be excluded would tell whose a locked one is (rules §1, §6).
 */
export function relationOf(viewer: Viewer, c: CaseRecord): Relation {
  if (viewer.role !== 'enterprise' && isKeptOut(viewer.personId, c)) return 'stranger';
  switch (viewer.role) {
    case 'enterprise':
      return c.reporterId === viewer.personId ? 'reporter' : 'stranger';
    case 'officer':
    case 'head':
      return departmentRelation(viewer, c);
    case 'duty':
    case 'supervisor':
    case 'leader':
    case 'auditor':
      return viewer.role;
    case 'liaison':
      return looksAfter(viewer, c) ? 'liaison' : 'stranger';
    case 'admin':
      return 'stranger';
  }
}

/** Whoever was excluded, reported it himself, or speaks for its enterprise has nothing to do with it as staff (rules §6). */
export const isKeptOut = (personId: string, c: CaseRecord): boolean =>
  c.excludedPersonIds.includes(personId) ||
  c.reporterId === personId ||
  c.access.interestedIds.includes(personId);

/**
 * A liaison has the service cases of his own enterprises. Whose a locked case is he must not know, and its standing among
 * his would tell him; unless he filed it himself (rules §6).
 */
function looksAfter({ personId, enterprises = [] }: Viewer, c: CaseRecord): boolean {
  if (c.track === 'integrity' || c.enterpriseId === null || !enterprises.includes(c.enterpriseId))
    return false;
  return c.confidentiality !== 'locked' || c.filedById === personId;
}

function departmentRelation(viewer: Viewer, c: CaseRecord): Relation {
  if (c.track === 'integrity' || c.department === null || c.state === 'filed') return 'stranger';
  const own = (viewer.departments ?? []).filter((code) => !c.excludedDepartments.includes(code));
  if (own.includes(c.department)) {
    if (c.handlerId === viewer.personId) return 'handler';
    if (viewer.role === 'head') return 'head';
    if (c.handlerId === null) return 'officer';
  }
  // To the lead department's case somebody may still belong through another department of his.
  return c.tasks.some((task) => own.includes(task.department)) ? 'co-officer' : 'stranger';
}

/** Whether the commission took a case over from somebody's own department: all of it is told so, and nobody else (rules §2, seal). */
export const isTakenFrom = ({ personId, departments = [] }: Viewer, c: CaseRecord): boolean =>
  c.track === 'integrity' &&
  !isKeptOut(personId, c) &&
  [c.department, ...c.tasks.map((task) => task.department)].some(
    (had) => had !== null && departments.includes(had) && !c.excludedDepartments.includes(had),
  );

/** For which of his departments somebody speaks in a case; null for whoever belongs to none. */
export function departmentIn({ departments = [] }: Viewer, relation: Relation, c: CaseRecord): string | null {
  if (relation !== 'co-officer') return isDepartment(relation) ? c.department : null;
  const tasks = c.tasks.filter((task) => departments.includes(task.department));
  return (tasks.find((task) => task.doneAt === null) ?? tasks[0])?.department ?? null;
}

export const isCommission = (relation: Relation): boolean =>
  relation === 'duty' || relation === 'supervisor' || relation === 'leader';

export const isDepartment = (relation: Relation): boolean =>
  relation === 'handler' || relation === 'officer' || relation === 'head' || relation === 'co-officer';

/** Whose ledger somebody reads: the commission every department's, a head his own. */
export const mayReadLedger = ({ role, departments = [] }: Viewer, department: string): boolean =>
  commissionRoles.includes(role) || (role === 'head' && departments.includes(department));
