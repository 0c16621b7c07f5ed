import {
  readDepartment,
  readNames,
  readWords,
  wouldLoop,
  type OrgRefusal,
} from '../domain/department-edit.js';
import type { Grant, Role, Viewer } from '../domain/people.js';
import type { Domain } from '../domain/taxonomy.js';
import type { Department } from '../store/organisation.js';
import type { ActionDeps } from './deps.js';
import { noteStaff } from './note-staff.js';
import { watchReaders } from './watch-readers.js';

export type OrgChanged =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly refusal: OrgRefusal };

/** What was asked to be typed: a new department, or a field of one. */
export type OrgQuestion =
  | { readonly field: 'add' }
  | { readonly field: 'name' | 'words'; readonly code: string };

const no = (refusal: OrgRefusal): OrgChanged => ({ ok: false, refusal });
/** The same place as any other question to an administrator: the latest one is answered. */
const askedId = (personId: string): string => `asked-${personId}`;

/** Without one of these nobody triages, supervises, or could bring the others back. */
const neverWithout: readonly Role[] = ['duty', 'supervisor', 'admin'];

/** Departments and people as the administrator changes them; every change is noted (rules §7). */
export const manageOrganisation = (deps: ActionDeps) => {
  const { store, clock } = deps;

  const note = async (
    viewer: Viewer,
    causeId: string,
    event: 'department-added' | 'department-changed' | 'grant-revoked',
    about: { readonly detail: string; readonly personId?: string },
  ): Promise<void> => await noteStaff(deps)(viewer, causeId, { at: clock.now(), event, ...about });

  const change = async (
    { viewer, code, causeId }: Asked,
    fields: Partial<Omit<Department, 'code'>>,
  ): Promise<OrgChanged> => {
    if (viewer.role !== 'admin') return no('not-yours');
    if (!(await store.organisation.changeDepartment(code, fields))) return no('gone');
    const detail = `${code}.${Object.keys(fields).join('.')}`;
    await note(viewer, causeId, 'department-changed', { detail });
    return { ok: true, code };
  };

  const add = async (viewer: Viewer, typed: string, causeId: string): Promise<OrgChanged> => {
    const read = readDepartment(typed);
    if (!read) return no('unreadable');
    const { code, ...name } = read;
    const blank = { code, name, parent: null, domains: ['other'] as const, words: [], headSignsOff: false };
    const isNew = await store.organisation.addDepartment(blank);
    if (!isNew && !(await store.staffLog.has(causeId, 'department-added'))) return no('code-taken');
    await note(viewer, causeId, 'department-added', { detail: code });
    return { ok: true, code };
  };

  return {
    async ask(viewer: Viewer, question: OrgQuestion): Promise<void> {
      const { personId } = viewer;
      await store.proposals.put({ id: askedId(personId), personId, kind: 'org', base: 0, content: question });
    },

    /** Takes what was typed for the question that stands open; null when none does. A bad answer leaves it open. */
    async typed(viewer: Viewer, text: string, causeId: string): Promise<OrgChanged | null> {
      const { personId } = viewer;
      const id = askedId(personId);
      const asked = await store.proposals.get<OrgQuestion>(id, { personId, kind: 'org' });
      if (!asked) return null;
      if (viewer.role !== 'admin') return no('not-yours');
      const done = await answered(asked.content);
      if (done.ok) await store.proposals.drop(id, personId);
      return done;

      async function answered(question: OrgQuestion): Promise<OrgChanged> {
        if (question.field === 'add') return await add(viewer, text, causeId);
        const { code } = question;
        if (question.field === 'name') {
          const name = readNames(text);
          return name ? await change({ viewer, code, causeId }, { name }) : no('unreadable');
        }
        const words = readWords(text);
        return words ? await change({ viewer, code, causeId }, { words }) : no('unreadable');
      }
    },

    async setDomain(asked: Asked, domain: Domain, on: boolean): Promise<OrgChanged> {
      const department = await store.organisation.department(asked.code);
      if (!department) return no('gone');
      const others = department.domains.filter((one) => one !== domain);
      const domains = on ? [...others, domain] : others;
      return domains.length === 0 ? no('no-domain') : await change(asked, { domains });
    },

    setSignOff: async (asked: Asked, headSignsOff: boolean): Promise<OrgChanged> =>
      await change(asked, { headSignsOff }),

    async setParent(asked: Asked, parent: string | null): Promise<OrgChanged> {
      const departments = await store.organisation.departments();
      if (parent !== null && departments.every(({ code }) => code !== parent)) return no('gone');
      if (wouldLoop(asked.code, parent, departments)) return no('above-itself');
      return await change(asked, { parent });
    },

    /** Takes a role away, from the next press on; his cards lose what he may no longer see. */
    async revoke(viewer: Viewer, personId: string, grant: Grant, causeId: string): Promise<OrgChanged> {
      if (viewer.role !== 'admin') return no('not-yours');
      const { role, department } = grant;
      const holders = await store.people.holding(role, department);
      const done = await store.staffLog.has(causeId, 'grant-revoked');
      if (!done && !holders.includes(personId)) return no('gone');
      if (!done && neverWithout.includes(role) && holders.length === 1) return no('last-one');
      const detail = [role, department].filter(Boolean).join('.');
      await note(viewer, causeId, 'grant-revoked', { personId, detail });
      await store.people.removeGrant(personId, grant);
      await redrawCards(deps, personId, { role, causeId });
      await watchReaders(deps, causeId);
      return { ok: true, code: department ?? '' };
    },
  };
};

export interface Asked {
  readonly viewer: Viewer;
  readonly code: string;
  readonly causeId: string;
}

/** Every card he got in a role is rendered again, as somebody who does not hold it. */
async function redrawCards(
  { store, seal, clock, wake }: ActionDeps,
  personId: string,
  { role, causeId }: { readonly role: Role; readonly causeId: string },
): Promise<void> {
  const cards = await store.cards.ofPerson(personId, role);
  await store.deliveries.insert(
    cards.map(({ caseId, telegramMessageId }) => ({
      id: seal.lookup('delivery', JSON.stringify([causeId, 'redraw', personId, telegramMessageId])),
      caseId,
      personId,
      role,
      event: 'refresh',
      messageId: null,
      clock: null,
      cardMessageId: telegramMessageId,
      order: `${clock.now().toISOString()} redraw`,
    })),
  );
  wake.deliver([personId]);
}
