import { importedRolesFact } from '../domain/audit.js';
import type { Grant } from '../domain/people.js';
import type { Person } from '../domain/person.js';
import type { OrganisationFile } from '../organisation/organisation-file.js';
import type { ActionDeps } from './deps.js';
import { excludeLater } from './exclude-later.js';
import { watchReaders } from './watch-readers.js';

/**
 * Brings departments, people, enterprises and routing to what the file says (rules §7). A file that was read before is
 * left alone, so that what was changed in the chat meanwhile stays; roles that came by invitation stay in any case.
 */
export const importOrganisation =
  (deps: ActionDeps) =>
  async (file: OrganisationFile): Promise<void> => {
    const { store, seal, clock } = deps;
    const read = seal.lookup('organisation-file', JSON.stringify(file));
    if ((await store.organisation.fileRead()) === read) return;
    for (const { code, name, parent, domains, words, headSignsOff } of file.departments) {
      await store.organisation.putDepartment({ code, name, parent, domains, words, headSignsOff });
    }
    const spoke = (await store.organisation.enterprises()).flatMap(({ contacts }) => contacts);
    const changed = new Set<string>();
    /** Sets the roles, and has the audit say so before they count where they are others. */
    const give = async ({ id, grants: held }: Person, grants: readonly Grant[]): Promise<void> => {
      const roles = rolesIn(grants);
      if (roles !== rolesIn(held)) {
        changed.add(id);
        await store.auditWaiting.fact(
          importedRolesFact(read, { personId: id, roles: roles || '-', at: clock.now() }),
        );
      }
      await store.people.setGrants(id, grants);
    };
    const personIds = new Map<number, string>();
    const renamed: string[] = [];
    for (const [telegramId, { official, grants }] of grantsOf(file)) {
      const person = await store.people.meet(
        {
          telegramId,
          name: official ?? String(telegramId),
          username: null,
          ...(official ? { official } : {}),
        },
        { rename: false },
      );
      personIds.set(telegramId, person.id);
      if (person.nameNews !== undefined) renamed.push(person.id);
      await give(person, [...grants, ...invitedInto(person, grants)]);
    }
    const named = new Set(personIds.values());
    for (const person of await store.people.withGrants()) {
      if (!named.has(person.id)) await give(person, invitedInto(person, []));
    }
    for (const { name, uscc, contacts, observationPoint, liaison } of file.enterprises) {
      await store.organisation.putEnterprise({
        name,
        uscc,
        observationPoint,
        contacts: contacts.flatMap((id) => personIds.get(id) ?? []),
        liaisonId: liaison === null ? null : (personIds.get(liaison) ?? null),
      });
    }
    await store.organisation.putRouting(file.routing);
    await store.organisation.keepDepartments(file.departments.map(({ code }) => code));
    await store.organisation.keepEnterprises(file.enterprises.map(({ uscc }) => uscc));
    await giveEnterprises(store);
    const speaking = [...personIds.values()].filter((id) => !spoke.includes(id));
    await excludeLater(deps, [...changed, ...speaking, ...renamed]);
    if (changed.size > 0) await watchReaders(deps, read);
    // Last, so that a death in the middle begins it anew.
    await store.organisation.noteFileRead(read);
  };

/** Roles of staff as codes; whom an enterprise lets speak is no role here. */
const rolesIn = (grants: readonly Grant[]): string =>
  grants
    .filter(({ role }) => role !== 'enterprise')
    .map(({ role, department }) => (department === undefined ? role : `${role}.${department}`))
    .toSorted((a, b) => a.localeCompare(b))
    .join('.');

/** A liaison's role names the enterprises he looks after, so that each press is judged without asking for them. */
async function giveEnterprises({ people, organisation }: ActionDeps['store']): Promise<void> {
  const enterprises = await organisation.enterprises();
  for (const { id, grants } of await people.withGrants()) {
    if (!grants.some(({ role }) => role === 'liaison')) continue;
    const own = enterprises.filter(({ liaisonId }) => liaisonId === id).map((one) => one.id);
    await people.setGrants(
      id,
      grants.map((grant) => (grant.role === 'liaison' ? { ...grant, enterprises: own } : grant)),
    );
  }
}

/** The roles somebody came into by invitation, without those the file gives him as well. */
const invitedInto = ({ grants }: Person, given: readonly Grant[]): readonly Grant[] =>
  grants.filter(
    ({ role, department, via }) =>
      via === 'invite' && !given.some((one) => one.role === role && one.department === department),
  );

interface Named {
  readonly official?: string;
  readonly grants: readonly Grant[];
}

/** Everybody the file names, by Telegram id, with all his roles. */
function grantsOf({ departments, commission, enterprises }: OrganisationFile): ReadonlyMap<number, Named> {
  const people = new Map<number, Named>();
  const give = (telegramId: number, grant: Grant, name?: string): void => {
    const known = people.get(telegramId);
    const official = name ?? known?.official;
    people.set(telegramId, {
      ...(official === undefined ? {} : { official }),
      grants: [...(known?.grants ?? []), grant],
    });
  };
  for (const { telegramId, name, roles } of commission)
    for (const role of roles) give(telegramId, { role }, name);
  for (const { code, head, officers } of departments) {
    if (head !== null) give(head, { role: 'head', department: code });
    for (const officer of officers) give(officer, { role: 'officer', department: code });
  }
  for (const contact of enterprises.flatMap((one) => one.contacts)) {
    if (!people.get(contact)?.grants.some((grant) => grant.role === 'enterprise'))
      give(contact, { role: 'enterprise' });
  }
  return people;
}
