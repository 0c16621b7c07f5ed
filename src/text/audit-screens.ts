/** The audit as its reader sees it, and the head of the chain as it stands in the chats. */
import type { AuditAnchor } from '../domain/audit.js';
import { roles } from '../domain/people.js';
import type { CardFacts } from '../queries/load-card.js';
import type { AuditPage, AuditRow } from '../queries/load-audit.js';
import { blocks, bold, italic, lines, plain, rich, type Part } from './rich.js';
import { dateFor, nameFor, type Reader } from './reader.js';
import { inRows, view, type Button, type View } from './view.js';

export interface AuditShown {
  readonly page: AuditPage;
  readonly title: string;
  /** What the page is read by, as its buttons carry it. */
  readonly asked: { readonly kind: string; readonly id: string };
}

const mostButtons = 4;

export function auditView({ page, title, asked }: AuditShown, reader: Reader): View {
  const { text } = reader;
  const items = page.rows.map((row) => item(row, page, reader));
  const body = blocks(
    bold(title),
    ...(items.length > 0 ? items : [text.audit.empty]),
    italic(text.audit.how),
  );
  const cases = new Map(
    page.rows.flatMap(({ entry, number }) => (number ? [[number, entry.caseId ?? '']] : [])),
  );
  const people = new Map(page.rows.flatMap(({ entry, name }) => (name ? [[entry.by, name]] : [])));
  const byCase = [...cases].slice(0, mostButtons).map(([number, caseId]): Button => ({
    label: number,
    press: { action: 'audit', id: caseId, arg: 'c' },
  }));
  const byPerson = [...people].slice(0, mostButtons).map(([personId, name]): Button => ({
    label: `👤 ${name}`,
    press: { action: 'audit', id: personId, arg: 'p' },
  }));
  const { kind, id } = asked;
  const older: Button[] =
    page.older === null
      ? []
      : [
          {
            label: text.buttons.next,
            press: {
              action: 'audit',
              ...(id === '' ? {} : { id }),
              arg: `${kind}.${page.older.toString(36)}`,
            },
          },
        ];
  return {
    ...view(body, [...inRows(byCase, 2), ...inRows(byPerson, 2), older]),
    looks: [{ what: 'audit', caseId: null }],
  };
}

function item(row: AuditRow, { departments }: AuditPage, reader: Reader): Part {
  const { text } = reader;
  const { entry, number, name } = row;
  const { at, role, count } = entry;
  const who = [
    role === null || role === 'system' ? text.audit.system : roleWord(role, reader),
    departmentNames(entry.departments, departments, reader),
    name,
  ].filter((part) => part !== null);
  return lines(
    // Without its place in the chain: a gap would tell whom a case spares that there is one.
    rich(dateFor(reader, at), ' · ', who.join(' ')),
    `   ${what(row, departments, reader)}${count > 1 ? ` ${text.audit.times(count)}` : ''}${number ? ` · ${number}` : ''}`,
  );
}

function what({ entry, about }: AuditRow, departments: AuditPage['departments'], reader: Reader): string {
  const { kind, what: name, state } = entry;
  const { text } = reader;
  const { looks, denials, changes, acts } = text.audit;
  if (kind === 'act')
    return [wordIn({ ...text.staff.org.events, ...acts }, name), actDetail(entry, departments, reader), about]
      .filter((part) => part !== null && part !== '')
      .join(' ');
  if (kind === 'look') return wordIn(looks, name);
  if (kind === 'denial') return `⛔ ${wordIn(denials, name)}`;
  const done = wordIn({ ...text.buttons.transition, ...changes }, name);
  return state === null ? done : `${done} → ${wordIn(text.words.state, state)}`;
}

/** Roles and departments in words, other codes and numbers as they are; a person's id is no word. */
const actDetail = (
  { detail }: AuditRow['entry'],
  departments: AuditPage['departments'],
  reader: Reader,
): string =>
  (detail?.split(' ')[0] ?? '')
    .split('.')
    .map((code) => departmentNames(code, departments, reader) ?? wordIn(reader.text.words.role, code))
    .join(' ');

/** A word of an earlier version that no text is left of stands as its code. */
const wordIn = (words: Readonly<Record<string, string>>, name: string): string => words[name] ?? name;

/** The history names relations to a case: the handler is an officer, the reporter an enterprise. */
function roleWord(relation: string, { text }: Reader): string {
  if (relation === 'reporter') return text.words.role.enterprise;
  if (relation === 'handler' || relation === 'co-officer') return text.words.role.officer;
  const role = roles.find((known) => known === relation);
  return role ? text.words.role[role] : relation;
}

function departmentNames(
  codes: string | null,
  known: AuditPage['departments'],
  reader: Reader,
): string | null {
  const held = known.filter(({ code }) => codes?.split(' ').includes(code));
  return held.length > 0 ? held.map((one) => nameFor(reader, one)).join('/') : null;
}

export const auditHeadView = ({ seq, at, hash }: AuditAnchor, reader: Reader): View =>
  view(plain(reader.text.audit.head({ seq, date: dateFor(reader, at), hash })));

/** Who has seen the reporter's name and when last, by role and department: for his own card (rules §6). */
export function seenByLine(
  facts: Pick<CardFacts, 'identityLooks' | 'departments'>,
  reader: Reader,
): Part | null {
  const { audit, words } = reader.text;
  if (facts.identityLooks.length === 0) return null;
  const list = facts.identityLooks.slice(0, mostButtons + 2).map(({ role, departments, at }) => {
    const held = departmentNames(departments, facts.departments, reader);
    const word = roles.find((known) => known === role);
    return [held, word ? words.role[word] : role, dateFor(reader, at)]
      .filter((part) => part !== null)
      .join(' ');
  });
  return italic(audit.seenBy(list.join(reader.language === 'zh' ? '；' : '; ')));
}
