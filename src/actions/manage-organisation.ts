import { randomBytes } from 'node:crypto';
import {
  readDepartment,
  readNames,
  readWords,
  wouldLoop,
  type DepartmentChange,
  type OrgRefusal,
} from '../domain/department-edit.js';
import type { Grant, Role, Viewer } from '../domain/people.js';
import type { Domain } from '../domain/taxonomy.js';
import type { Department } from '../store/organisation.js';
import type { ActionDeps } from './deps.js';
import { askedId } from './forget-question.js';
import { noteStaff } from './note-staff.js';
import { watchReaders } from './watch-readers.js';

export type OrgChanged =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly refusal: OrgRefusal };

export type OrgProposed =
  | { readonly ok: true; readonly id: string; readonly change: DepartmentChange }
  | { readonly ok: false; readonly refusal: OrgRefusal };

/** What was asked to be typed: a new department, or a field of one. */
export type OrgQuestion =
  | { readonly field: 'add' }
  | { readonly field: 'name' | 'words'; readonly code: string };

const no = (refusal: OrgRefusal): { readonly ok: false; readonly refusal: OrgRefusal } => ({
  ok: false,
  refusal,
});

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

  const add = async (
    viewer: Viewer,
    { code, name }: Pick<Department, 'code' | 'name'>,
    causeId: string,
  ): Promise<OrgChanged> => {
    const blank = { code, name, parent: null, domains: ['other'] as const, words: [], headSignsOff: false };
    const isNew = await store.organisation.addDepartment(blank);
    if (!isNew && !(await store.staffLog.has(causeId, 'department-added'))) return no('code-taken');
    await note(viewer, causeId, 'department-added', { detail: code });
    return { ok: true, code };
  };

  return {
    async ask(viewer: Viewer, question: OrgQuestion): Promise<void> {
      const { personId } = viewer;
      const id = askedId(personId);
      await store.proposals.put({ id, personId, kind: 'org-asked', base: 0, content: question });
    },

    /**
     * Reads what was typed for the question that stands open; null when none does. Names and words hold for everybody,
     * so they are shown first; a bad answer leaves the question open.
     */
    async proposeTyped(viewer: Viewer, text: string): Promise<OrgProposed | null> {
      const { personId } = viewer;
      const asked = await store.proposals.get<OrgQuestion>(askedId(personId), {
        personId,
        kind: 'org-asked',
      });
      if (!asked) return null;
      if (viewer.role !== 'admin') return no('not-yours');
      const change = readAnswer(asked.content, text);
      if (!change) return no('unreadable');
      if (change.field === 'add' && (await store.organisation.department(change.code)))
        return no('code-taken');
      const id = randomBytes(9).toString('base64url');
      await store.proposals.put({ id, personId, kind: 'org', base: 0, content: change });
      await store.proposals.drop(asked.id, personId);
      return { ok: true, id, change };
    },

    async confirm(viewer: Viewer, proposalId: string, causeId: string): Promise<OrgChanged> {
      if (viewer.role !== 'admin') return no('not-yours');
      const { personId } = viewer;
      const kept = { personId, kind: 'org' } as const;
      const proposal = await store.proposals.get<DepartmentChange>(proposalId, kept);
      if (!proposal) return no('gone');
      const done = await make(proposal.content);
      // An old preview must not undo what was changed after it.
      await store.proposals.drop(proposalId, personId);
      return done;

      async function make(made: DepartmentChange): Promise<OrgChanged> {
        if (made.field === 'add') return await add(viewer, made, causeId);
        const { code } = made;
        return await change(
          { viewer, code, causeId },
          made.field === 'words' ? { words: made.words } : { name: made.name },
        );
      }
    },

    drop: async (viewer: Viewer, proposalId: string): Promise<boolean> =>
      await store.proposals.drop(proposalId, viewer.personId),

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

function readAnswer(question: OrgQuestion, typed: string): DepartmentChange | null {
  if (question.field === 'add') {
    const read = readDepartment(typed);
    return read && { field: 'add', code: read.code, name: { zh: read.zh, en: read.en } };
  }
  const { field, code } = question;
  if (field === 'name') {
    const name = readNames(typed);
    return name && { field, code, name };
  }
  const words = readWords(typed);
  return words && { field, code, words };
}

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
