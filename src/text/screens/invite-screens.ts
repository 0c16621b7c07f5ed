/** Inviting: into which role, the link, and who came with it. */
import type { Invite } from '../../domain/invites.js';
import { invitableRoles, inviteLimits } from '../../domain/invites.js';
import type { Grant } from '../../domain/people.js';
import { blocks, bold, code, lines, plain } from '../rich.js';
import { dateFor, nameFor, type Reader } from '../reader.js';
import { inRows, view, type Button, type View } from '../view.js';

type Named = Parameters<typeof nameFor>[1];

/** A role with its department, as people read it. */
export const grantLine = ({ role }: Grant, department: Named, { text, ...reader }: Reader): string =>
  text.help.roleLine(text.words.role[role], department ? nameFor({ text, ...reader }, department) : null);

export const chooseRoleView = (reader: Reader): View =>
  view(
    plain(reader.text.staff.invite.choose),
    inRows(
      invitableRoles.map((role): Button => ({
        label: reader.text.words.role[role],
        press: { action: 'invite', arg: role },
      })),
      2,
    ),
  );

export const linkView = (
  {
    invite,
    link,
    department,
  }: { readonly invite: Invite; readonly link: string; readonly department: Named },
  reader: Reader,
): View => {
  const { invite: text } = reader.text.staff;
  return view(
    blocks(
      bold(text.made(grantLine(invite, department, reader))),
      code(link),
      text.how({ days: inviteLimits.standsDays, until: dateFor(reader, invite.expiresAt) }),
    ),
  );
};

export interface Joined {
  readonly invite: Invite;
  /** As Telegram names whoever came. */
  readonly name: string;
  readonly username: string | null;
  readonly department: Named;
}

/** To the inviter: who came. The buttons are gone once it is decided. */
export function joinedView({ invite, name, username, department }: Joined, reader: Reader): View {
  const { invite: text } = reader.text.staff;
  const who = username === null ? name : `${name} (@${username})`;
  const about = blocks(
    bold(text.joined(grantLine(invite, department, reader))),
    lines(text.who(who), invite.state === 'joined' ? text.check : null),
  );
  if (invite.state === 'confirmed') return view(blocks(about, text.confirmed));
  if (invite.state === 'refused') return view(blocks(about, text.refused));
  const press = (action: string): Button['press'] => ({ action, id: invite.id });
  return view(about, [
    [{ label: text.yes, press: press('invite-yes') }],
    [{ label: text.no, press: press('invite-no') }],
  ]);
}

/** To whoever came: what became of it. */
export const decidedView = (
  { invite, department }: Pick<Joined, 'invite' | 'department'>,
  reader: Reader,
): View => {
  const { invite: text } = reader.text.staff;
  return view(
    plain(
      invite.state === 'confirmed' ? text.welcome(grantLine(invite, department, reader)) : text.notConfirmed,
    ),
  );
};
