import type { Viewer } from '../domain/people.js';
import type { CaseRecord } from '../domain/case.js';
import { isKeptOut } from '../domain/people.js';
import type { TransitionInput } from '../domain/transitions/row.js';
import type { Store } from '../store/index.js';

/** What the rules ask of the organisation about a case's department: who signs, whether its head signs off, what is above it. */
export async function departmentInput(
  { organisation, people }: Pick<Store, 'organisation' | 'people'>,
  c: CaseRecord,
): Promise<Pick<TransitionInput, 'headSignsOff' | 'headHandles' | 'parentDepartment' | 'departmentGone'>> {
  const department = c.department === null ? null : await organisation.department(c.department);
  if (!department) return { headSignsOff: false, headHandles: false, parentDepartment: null };
  const unsigned = c.state === 'dispatched';
  // Whoever is kept out of the case neither signs for it nor signs it off.
  const holding = async (role: 'officer' | 'head'): Promise<readonly string[]> =>
    (await people.holding(role, department.code)).filter((id) => !isKeptOut(id, c));
  const headHandles = unsigned && (await holding('officer')).length === 0;
  // A head who handles the case himself has nobody to ask.
  const heads = department.headSignsOff && c.handlerId !== null ? await holding('head') : [];
  const headSignsOff = heads.length > 0 && !(c.handlerId !== null && heads.includes(c.handlerId));
  return {
    headSignsOff,
    headHandles,
    parentDepartment: department.parent,
    departmentGone: department.gone === true,
  };
}

/** Whom of those who asked for a second person's word somebody has let in, or was let in by: he is no independent second. */
export async function relatedInput(
  { people }: Pick<Store, 'people'>,
  c: CaseRecord,
  viewer: Viewer | null,
): Promise<Pick<TransitionInput, 'relatedIds'>> {
  const askers = [c.access.unmask?.askedBy, c.unsealAskedBy, c.transferAskedBy].filter(
    (id): id is string => typeof id === 'string' && id !== viewer?.personId,
  );
  if (viewer === null || askers.length === 0) return { relatedIds: [] };
  const found = await people.byIds([...new Set([...askers, viewer.personId])]);
  const inviters = found.find(({ id }) => id === viewer.personId)?.inviters ?? [];
  return {
    relatedIds: found
      .filter((one) => inviters.includes(one.id) || one.inviters.includes(viewer.personId))
      .map(({ id }) => id),
  };
}
