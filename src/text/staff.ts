/** Texts about people and departments: inviting, the organisation, what changed. */
import type { OrgRefusal } from '../domain/department-edit.js';
import type { StaffEvent } from '../domain/staff-events.js';

type Words<K extends string> = Readonly<Record<K, string>>;

export interface StaffTexts {
  readonly invite: Words<
    | 'choose'
    | 'chooseDepartment'
    | 'check'
    | 'yes'
    | 'no'
    | 'confirmed'
    | 'refused'
    | 'waiting'
    | 'notValid'
    | 'notConfirmed'
    | 'phaseOne'
  > & {
    readonly made: (grant: string) => string;
    readonly how: (p: { readonly days: number; readonly until: string }) => string;
    readonly joined: (grant: string) => string;
    readonly who: (name: string) => string;
    readonly welcome: (grant: string) => string;
  };
  readonly org: Words<
    | 'title'
    | 'commission'
    | 'add'
    | 'log'
    | 'nobody'
    | 'rename'
    | 'words'
    | 'domains'
    | 'parent'
    | 'noParent'
    | 'signOn'
    | 'signOff'
    | 'inviteHead'
    | 'inviteOfficer'
    | 'askAdd'
    | 'chooseDomains'
    | 'chooseParent'
    | 'revoke'
    | 'revoked'
    | 'changed'
    | 'previewEnd'
    | 'dropped'
    | 'logEmpty'
    | 'logTitle'
  > & {
    readonly department: (p: { readonly name: string; readonly code: string }) => string;
    readonly otherName: (name: string) => string;
    readonly domainLine: (domains: string) => string;
    readonly wordLine: (p: { readonly count: number; readonly words: string }) => string;
    readonly parentLine: (name: string) => string;
    readonly person: (p: { readonly name: string; readonly role: string }) => string;
    readonly askName: (name: string) => string;
    readonly askWords: (name: string) => string;
    readonly preview: (name: string) => string;
    readonly askRevoke: (p: {
      readonly name: string;
      readonly role: string;
      readonly open: number;
    }) => string;
    readonly events: Words<StaffEvent>;
    readonly entry: (p: {
      readonly at: string;
      readonly by: string;
      readonly what: string;
      readonly about: string;
    }) => string;
    readonly refusals: Words<OrgRefusal>;
  };
}
