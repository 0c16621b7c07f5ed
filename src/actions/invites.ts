import { randomBytes } from 'node:crypto';
import { daysAfter, minutesAfter } from '../domain/access.js';
import { inviteLimits, mayDecideInvite, mayInvite, tokenIn, type Invite } from '../domain/invites.js';
import type { Grant, Viewer } from '../domain/people.js';
import type { Person } from '../domain/person.js';
import { denialFact } from '../domain/audit.js';
import { activeViewer } from '../domain/viewers.js';
import type { ActionDeps } from './deps.js';
import { excludeLater } from './exclude-later.js';
import { newsOfNoCase } from './news-of-no-case.js';
import { noteStaff } from './note-staff.js';

const tokenBytes = 32;

export interface Made {
  readonly invite: Invite;
  /** Known here only, and never again. */
  readonly token: string;
}

/** Invitations: made by who may, used by one person, confirmed by who made it (rules §7). */
export const invites = (deps: ActionDeps) => {
  const { store, clock, seal, wake, log } = deps;
  const note = noteStaff(deps);
  const tell = async (invite: Invite, event: string, personId: string): Promise<void> => {
    await store.deliveries.insert([
      newsOfNoCase(deps, {
        key: ['invite', invite.id, event, personId],
        personId,
        role: invite.createdBy === personId ? invite.createdAs : invite.role,
        event,
        about: `invite-${invite.id}`,
        at: clock.now(),
      }),
    ]);
    wake.deliver([personId]);
  };

  /** Everything that is no invitation is answered alike, and noted; who tries often is not listened to for a while. */
  const wrong = async (person: Person, causeId: string, detail: string): Promise<null> => {
    const now = clock.now();
    await store.invites.noteWrong(person.id, minutesAfter(now, -inviteLimits.tryWindowMinutes), now);
    await store.staffLog.note(causeId, { at: now, by: person.id, event: 'invite-wrong', detail });
    // Whoever guesses on and on is counted, not listed.
    await store.auditWaiting.denial(
      denialFact(activeViewer(person), 'invite-wrong', { caseId: null, at: now }),
    );
    log.warn('an invitation that does not hold was tried', { causeId, reason: detail });
    return null;
  };

  return {
    /** Null: not his to give, or no such department. */
    async make(viewer: Viewer, grant: Grant, causeId: string): Promise<Made | null> {
      const { role, department } = grant;
      if (!mayInvite(viewer, grant)) return null;
      if (department !== undefined && !(await store.organisation.department(department))) return null;
      const now = clock.now();
      const token = randomBytes(tokenBytes).toString('base64url');
      const invite: Invite = {
        id: seal.tag('invite', causeId, 12),
        role,
        ...(department === undefined ? {} : { department }),
        createdBy: viewer.personId,
        createdAs: viewer.role,
        createdAt: now,
        expiresAt: daysAfter(now, inviteLimits.standsDays),
        state: 'open',
        joinedBy: null,
      };
      if (!(await store.invites.put(invite, token))) return null;
      const detail = [role, department].filter(Boolean).join('.');
      await note(viewer, causeId, { at: now, event: 'invite-made', detail });
      return { invite, token };
    },

    /** Somebody comes with a link. Null: it does not hold, whatever the reason. */
    async join(person: Person, payload: string, causeId: string): Promise<Invite | null> {
      const now = clock.now();
      const since = minutesAfter(now, -inviteLimits.tryWindowMinutes);
      if ((await store.invites.wrongTries(person.id, since)) >= inviteLimits.wrongTries)
        return await wrong(person, causeId, 'too-often');
      const token = tokenIn(payload);
      const invite = token === null ? null : await store.invites.join(token, person.id, now);
      if (!invite) return await wrong(person, causeId, 'no-such');
      await note(activeViewer(person), causeId, { at: now, event: 'invite-joined', detail: invite.role });
      await tell(invite, 'invite-joined', invite.createdBy);
      return invite;
    },

    /** The inviter says whether it was the right person. Null: decided before, or not his to decide. */
    async decide(viewer: Viewer, id: string, agrees: boolean, causeId: string): Promise<Person | null> {
      const invite = await store.invites.byId(id);
      if (!invite || invite.joinedBy === null || !mayDecideInvite(viewer, invite)) return null;
      if (!(await store.invites.decide(id, agrees ? 'confirmed' : 'refused', causeId))) return null;
      const { role, department, joinedBy: personId } = invite;
      const event = agrees ? 'invite-confirmed' : 'invite-refused';
      if (agrees)
        await store.people.addGrant(
          personId,
          { role, ...(department === undefined ? {} : { department }), via: 'invite' },
          viewer.personId,
        );
      if (agrees) await excludeLater(deps, [personId]);
      const detail = [role, department].filter(Boolean).join('.');
      await note(viewer, causeId, { at: clock.now(), event, personId, detail });
      await tell(invite, event, personId);
      return await store.people.byId(personId);
    },
  };
};
