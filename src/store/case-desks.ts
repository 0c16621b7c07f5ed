/** Whose desk a case lies on, written with every change of it, and whose desks a list asks for. */
import { trusted } from 'mongoose';
import type { CaseRecord, CaseState } from '../domain/case.js';
import type { Viewer } from '../domain/people.js';
import { keptOut } from './kept-out.js';

/** Takes a viewer, gives the filter of what lies on his desk in the given states. */
export function listFilter(viewer: Viewer, states: readonly CaseState[]): Record<string, unknown> {
  const inStates = {
    state: trusted({ $in: [...states] }),
    ...keptOut(viewer.personId, viewer.role),
  };
  const { role, departments = [], enterprises = [], personId } = viewer;
  const desks = (...of: readonly string[]): Record<string, unknown> => ({
    ...inStates,
    desks: trusted({ $in: departments.flatMap((code) => of.map((desk) => `${code}/${desk}`)) }),
  });
  switch (role) {
    case 'head':
      return desks('head');
    case 'officer':
      return desks('officers', personId);
    case 'enterprise':
      return { ...inStates, reporterId: personId };
    case 'duty':
    case 'supervisor':
    case 'leader':
    case 'auditor':
      return inStates;
    case 'liaison':
      return {
        ...inStates,
        enterpriseId: trusted({ $in: [...enterprises] }),
        track: 'service',
        confidentiality: trusted({ $ne: 'locked' }),
      };
    case 'admin':
      return { _id: trusted({ $in: [] }) };
  }
}

/** On which desks a case lies: its department's head and handler (all officers before signing), co-departments that owe their part. */
export function desksOf(c: CaseRecord): readonly string[] {
  if (c.track === 'integrity' || c.department === null) return [];
  const owing = c.tasks.filter((task) => task.doneAt === null).map((task) => task.department);
  const desks = [
    { department: c.department, of: ['head', c.handlerId ?? 'officers'] },
    ...owing.map((department) => ({ department, of: ['head', 'officers'] })),
  ];
  // A department that is named in it has no desk for it (rules §6).
  return desks
    .filter(({ department }) => !c.excludedDepartments.includes(department))
    .flatMap(({ department, of }) => of.map((desk) => `${department}/${desk}`));
}
