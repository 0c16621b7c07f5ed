import { isStaff } from '../domain/people.js';
import type { Contact, Person } from '../domain/person.js';
import type { PersonChange } from '../store/people.js';
import type { ActionDeps } from './deps.js';
import { excludeLater } from './exclude-later.js';
import { keepDeliveries } from './keep-deliveries.js';

/** Who writes to the bot, what he chose, and whether he can be reached. */
export const knowPerson = (deps: ActionDeps) => {
  const { store, wake, clock } = deps;
  /** Staff whom a report named before anybody knew him by that name is kept out before he is shown anything (rules §6). */
  const matchName = async ({ id, grants, nameNews }: Person): Promise<void> => {
    if (nameNews === undefined || !grants.some(isStaff)) return;
    await excludeLater(deps, [id]);
    await store.people.noteNameMatched(id, nameNews);
  };
  return {
    /** The person behind an update; whoever writes can be reached again, and gets what was kept for him. */
    async meet(contact: Contact): Promise<Person> {
      const person = await store.people.meet(contact, { rename: true });
      await matchName(person);
      if (person.reachable) return person;
      // What is kept is given back first, or a crash in between would keep it for ever; and again for what was kept meanwhile.
      const released = await store.deliveries.release(person.id);
      await store.people.change(person.id, { reachable: true, unreachableSince: null });
      if ((await store.deliveries.release(person.id)) || released) wake.deliver([person.id]);
      return { ...person, reachable: true, unreachableSince: null };
    },

    /** He blocked the bot: what is open for him is kept, and others hear it instead. */
    async lose(contact: Contact): Promise<void> {
      const person = await store.people.meet(contact, { rename: true });
      await matchName(person);
      if (person.reachable)
        await store.people.change(person.id, { reachable: false, unreachableSince: clock.now() });
      await keepDeliveries(deps)(person);
    },

    /** Remembers a choice: language, role, the honesty screen seen. */
    async choose(
      person: Person,
      change: Pick<PersonChange, 'language' | 'activeRole' | 'honestySeenAt'>,
    ): Promise<Person> {
      await store.people.change(person.id, change);
      // Not only the first time: the one before may have died before it gave back what was kept.
      if (change.language && (await store.deliveries.release(person.id))) wake.deliver([person.id]);
      return { ...person, ...change };
    },
  };
};
