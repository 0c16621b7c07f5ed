import { hasChat } from '../domain/by-phone.js';
import type { Audience, CaseRecord } from '../domain/case.js';
import { isExcluded } from '../domain/exclusions.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { sightOf } from '../domain/visibility.js';
import type { ActionDeps } from './deps.js';

/** Somebody to be told, in the role in which he is told. */
export type Addressee = Viewer;

/** Where an audience has nobody in it, the next one hears it: no case without a living person. */
const insteadOf: Readonly<Partial<Record<Audience, Audience>>> = {
  handler: 'officers',
  officers: 'head',
  head: 'supervisor',
  duty: 'supervisor',
  supervisor: 'leader',
  leader: 'supervisor',
};

/** Turns audiences into people, each once, without those to whom the case does not exist (rules §6). */
export const findAudience =
  ({ store }: ActionDeps) =>
  async (c: CaseRecord, audiences: readonly Audience[]): Promise<readonly Addressee[]> => {
    const found: Addressee[] = [];
    for (const audience of audiences) found.push(...(await members(store, c, audience)));
    const seen = new Set<string>();
    return found.filter((one) => {
      // Somebody who may not see it in one role may well in his next one.
      if (seen.has(one.personId) || !sightOf(relationOf(one, c), c).exists) return false;
      seen.add(one.personId);
      return true;
    });
  };

async function members(
  store: ActionDeps['store'],
  c: CaseRecord,
  audience: Audience,
  asked: readonly Audience[] = [],
): Promise<readonly Addressee[]> {
  // Whoever the complaint names is as if he were not there: the next one hears it in his place.
  const here = (await direct(store, c, audience)).filter((one) => !isExcluded(one, c));
  // A handler who has lost his role: to the other officers the case is his, so the head hears it.
  const next = audience === 'handler' && c.handlerId !== null ? 'head' : insteadOf[audience];
  if (here.length > 0 || next === undefined || asked.includes(next)) return here;
  return await members(store, c, next, [...asked, audience]);
}

async function direct(
  store: ActionDeps['store'],
  c: CaseRecord,
  audience: Audience,
): Promise<readonly Addressee[]> {
  switch (audience) {
    case 'reporter':
      return hasChat(c) ? [{ personId: c.reporterId, role: 'enterprise' }] : [];
    case 'handler':
      return (await inDepartment(store, c, 'officer')).filter(({ personId }) => personId === c.handlerId);
    case 'officers':
      return await inDepartment(store, c, 'officer');
    case 'head':
      return await inDepartment(store, c, 'head');
    case 'co-officers':
      return (await Promise.all(openTasks(c).map((code) => inTask(store, code)))).flat();
    case 'asker': {
      const { unmask } = c.access;
      return unmask ? [{ personId: unmask.askedBy, role: unmask.askedAs }] : [];
    }
    case 'duty':
    case 'supervisor':
    case 'leader':
      return (await store.people.holding(audience)).map((personId) => ({ personId, role: audience }));
  }
}

/** Co-departments that still owe their part. */
const openTasks = (c: CaseRecord): readonly string[] =>
  c.tasks.filter((task) => task.doneAt === null).map((task) => task.department);

async function inTask(store: ActionDeps['store'], department: string): Promise<readonly Addressee[]> {
  const [officers, heads] = await Promise.all([
    store.people.holding('officer', department),
    store.people.holding('head', department),
  ]);
  return [
    ...officers.map((personId) => ({ personId, role: 'officer' as const, departments: [department] })),
    ...heads.map((personId) => ({ personId, role: 'head' as const, departments: [department] })),
  ];
}

async function inDepartment(
  store: ActionDeps['store'],
  c: CaseRecord,
  role: 'officer' | 'head',
): Promise<readonly Addressee[]> {
  const { department } = c;
  if (department === null) return [];
  return (await store.people.holding(role, department)).map((personId) => ({
    personId,
    role,
    departments: [department],
  }));
}
