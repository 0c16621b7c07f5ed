/** The organisation as the administrator reads and changes it: departments and staff, nothing of cases. */
import type { DepartmentChange } from '../../domain/department-edit.js';
import { departmentRoles, type Grant } from '../../domain/people.js';
import { domains } from '../../domain/taxonomy.js';
import type { OrganisationView, StaffMember } from '../../queries/load-organisation.js';
import { blocks, bold, cut, lines, plain } from '../rich.js';
import { dateFor, nameFor, type Reader } from '../reader.js';
import { inRows, view, type Button, type View } from '../view.js';
import { grantLine } from './invite-screens.js';

type Department = OrganisationView['departments'][number];

const shownOfWords = 300;
const shownOfName = 24;

const to = (action: string, arg: string, id?: string): Button['press'] => ({
  action,
  arg,
  ...(id === undefined ? {} : { id }),
});

const backTo = (arg: string, { text }: Reader): readonly Button[] => [
  { label: text.buttons.back, press: to('org', arg) },
];

export function orgView({ departments }: OrganisationView, reader: Reader): View {
  const { org } = reader.text.staff;
  return view(plain(org.title), [
    ...inRows(
      departments.map((one) => ({ label: nameFor(reader, one), press: to('org', one.code) })),
      2,
    ),
    [
      { label: org.commission, press: to('org', '-commission') },
      { label: org.add, press: to('org-ask', 'add') },
      { label: org.log, press: to('org', '-log') },
    ],
  ]);
}

export function departmentView(department: Department, organisation: OrganisationView, reader: Reader): View {
  const { staff, words } = reader.text;
  const { org } = staff;
  const { code, name, parent, headSignsOff } = department;
  const above = organisation.departments.find((one) => one.code === parent);
  const people = holders(organisation, (grant) => grant.department === code);
  return view(
    blocks(
      lines(
        bold(org.department({ name: nameFor(reader, department), code })),
        org.otherName(reader.language === 'zh' ? name.en : name.zh),
        org.domainLine(department.domains.map((domain) => words.domain[domain]).join(' · ')),
        org.wordLine({
          count: department.words.length,
          words: cut(department.words.join(' ') || '—', shownOfWords),
        }),
        org.parentLine(above ? nameFor(reader, above) : org.noParent),
      ),
      peopleLines(people, reader),
    ),
    [
      ...revokeRows(people, reader),
      [
        { label: org.inviteHead, press: to('invite', `head.${code}`) },
        { label: org.inviteOfficer, press: to('invite', `officer.${code}`) },
      ],
      [
        { label: org.rename, press: to('org-ask', `name.${code}`) },
        { label: org.words, press: to('org-ask', `words.${code}`) },
      ],
      [
        { label: org.domains, press: to('org-domains', code) },
        { label: org.parent, press: to('org-parents', code) },
      ],
      [
        {
          label: headSignsOff ? org.signOn : org.signOff,
          press: to('org-sign', `${code}.${headSignsOff ? 0 : 1}`),
        },
      ],
      backTo('', reader),
    ],
  );
}

export function commissionView(organisation: OrganisationView, reader: Reader): View {
  const people = holders(
    organisation,
    ({ role }) => role !== 'enterprise' && !departmentRoles.includes(role),
  );
  return view(blocks(bold(reader.text.staff.org.commission), peopleLines(people, reader)), [
    ...revokeRows(people, reader),
    backTo('', reader),
  ]);
}

interface Holder {
  readonly member: StaffMember;
  readonly grant: Grant;
}

const holders = ({ staff }: OrganisationView, fits: (grant: Grant) => boolean): readonly Holder[] =>
  staff.flatMap((member) => member.grants.filter(fits).map((grant) => ({ member, grant })));

function peopleLines(people: readonly Holder[], { text }: Reader) {
  if (people.length === 0) return text.staff.org.nobody;
  return lines(
    ...people.map(({ member, grant }) =>
      text.staff.org.person({ name: cut(member.name, shownOfName), role: text.words.role[grant.role] }),
    ),
  );
}

const revokeRows = (people: readonly Holder[], { text }: Reader): readonly (readonly Button[])[] =>
  inRows(
    people.map(({ member, grant }) => ({
      label: `${text.staff.org.revoke} ${cut(member.name, 12)} · ${text.words.role[grant.role]}`,
      press: to('org-person', grantArg(grant), member.personId),
    })),
    2,
  );

const grantArg = ({ role, department }: Grant): string =>
  department === undefined ? role : `${role}.${department}`;

export function revokeView(
  { member, grant, department }: Holder & { readonly department: Department | undefined },
  reader: Reader,
): View {
  const { org } = reader.text.staff;
  const role = grantLine(grant, department, reader);
  return view(plain(org.askRevoke({ name: member.name, role, open: member.open })), [
    [{ label: org.revoke, press: to('org-revoke', grantArg(grant), member.personId) }],
    backTo(grant.department ?? '-commission', reader),
  ]);
}

export function domainsView(department: Department, reader: Reader): View {
  const { text } = reader;
  const rows = domains.map((domain): Button => {
    const on = department.domains.includes(domain);
    return {
      label: `${on ? '☑️ ' : ''}${text.words.domain[domain]}`,
      press: to('org-domain', `${department.code}.${domain}.${on ? 0 : 1}`),
    };
  });
  return view(lines(bold(nameFor(reader, department)), text.staff.org.chooseDomains), [
    ...inRows(rows, 2),
    backTo(department.code, reader),
  ]);
}

export function parentsView({ code }: Department, { departments }: OrganisationView, reader: Reader): View {
  const others = departments.filter((one) => one.code !== code);
  return view(plain(reader.text.staff.org.chooseParent), [
    ...inRows(
      others.map((one) => ({ label: nameFor(reader, one), press: to('org-parent', `${code}.${one.code}`) })),
      2,
    ),
    [{ label: reader.text.staff.org.noParent, press: to('org-parent', code) }],
    backTo(code, reader),
  ]);
}

export function askView(
  question: 'add' | 'name' | 'words',
  department: Department | undefined,
  reader: Reader,
) {
  const { org } = reader.text.staff;
  const name = department ? nameFor(reader, department) : '';
  const asked = { add: org.askAdd, name: org.askName(name), words: org.askWords(name) }[question];
  return view(plain(asked), [
    [{ label: reader.text.buttons.cancel, press: to('org', department?.code ?? '') }],
  ]);
}

/** What was typed as it will stand, for everybody; nothing has changed yet. */
export function departmentPreview(
  { id, change }: { readonly id: string; readonly change: DepartmentChange },
  { departments }: OrganisationView,
  reader: Reader,
): View {
  const { settings, staff } = reader.text;
  const { org } = staff;
  const { code } = change;
  const department = departments.find((one) => one.code === code);
  const will =
    change.field === 'words'
      ? [org.wordLine({ count: change.words.length, words: cut(change.words.join(' '), shownOfWords) })]
      : [
          org.department({ name: nameFor(reader, change), code }),
          org.otherName(reader.language === 'zh' ? change.name.en : change.name.zh),
        ];
  return view(
    blocks(
      bold(org.preview(department ? nameFor(reader, department) : code)),
      lines(...will),
      org.previewEnd,
    ),
    [
      [
        { label: settings.confirm, press: to('org-set', code, id) },
        { label: settings.drop, press: to('org-drop', department ? code : '', id) },
      ],
    ],
  );
}

export function logView({ log, staff }: OrganisationView, reader: Reader): View {
  const { org } = reader.text.staff;
  const nameOf = (id: string | undefined): string =>
    cut(staff.find(({ personId }) => personId === id)?.name ?? '', shownOfName);
  const entries = log.map(({ at, by, event, personId, detail }) =>
    org.entry({
      at: dateFor(reader, at),
      by: nameOf(by) || '—',
      what: org.events[event],
      about: [nameOf(personId), detail].filter(Boolean).join(' '),
    }),
  );
  return view(blocks(bold(org.logTitle), entries.length > 0 ? lines(...entries) : org.logEmpty), [
    backTo('', reader),
  ]);
}
