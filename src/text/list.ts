/** A list of cases, one button a row. */
import type { CaseRecord } from '../domain/case.js';
import { isOverdue } from '../domain/due-clock.js';
import { filesWaitSince } from '../domain/held-files.js';
import type { Role } from '../domain/people.js';
import type { ListPage, ListRow } from '../queries/list-cases.js';
import { blocks, bold, cut, lines, quote, rich, type Rich } from './rich.js';
import { dateFor, dueFor, type Reader } from './reader.js';
import { inRows, view, type Button, type View } from './view.js';

const excerptLength = 60;

/** The reporter waits for the promised date; the clocks in between are the staff's. */
function promise({ c, clock }: ListRow, reader: Reader): string | null {
  if (!clock || c.promisedAt === null) return null;
  return reader.text.card.promised(dateFor(reader, c.promisedAt, c.provisional));
}

export function listView(
  { list, rows, before, total, next, previous }: ListPage,
  role: Role,
  reader: Reader,
): View {
  const { text } = reader;
  const name = role === 'liaison' ? 'liaison' : list;
  if (total === 0) return view(lines(bold(text.lists[name]), text.lists.empty[name]));
  const head = lines(bold(text.lists[name]), text.lists.page(before + 1, before + rows.length, total));
  const own = list === 'my';
  const waits = (c: CaseRecord): string | null =>
    role === 'duty' && filesWaitSince(c) ? text.lists.filesWait : null;
  const shown = pageView({ head, rows, before, previous, next, own, waits }, reader, (token) => ({
    action: 'show-list',
    arg: `${list}.${token}`,
  }));
  return own ? shown : { ...shown, looks: [{ what: 'list', caseId: null }] };
}

export interface Page {
  readonly head: Rich;
  readonly rows: readonly ListRow[];
  readonly before: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** The reader's own cases. */
  readonly own: boolean;
  /** What waits for the reader beside the due date. */
  readonly waits?: (c: CaseRecord) => string | null;
}

/** Rows of cases with a button each, and buttons that turn the page. */
export function pageView(
  { head, rows, before, previous, next, own, waits }: Page,
  reader: Reader,
  turnTo: (token: string) => Button['press'],
): View {
  const { text } = reader;
  const items = rows.map((row, i) => {
    const { c, clock, excerpt } = row;
    const late = isOverdue(clock, reader.now) ? ' ⚠️' : '';
    const due = clock ? text.lists.due(dueFor(reader, c, clock)) : text.lists.noDue;
    const state = c.kind === 'complaint' ? text.words.state[c.state] : text.words.kind[c.kind];
    return lines(
      rich(`${before + i + 1}. `, bold(c.number), ` ${c.urgent ? '⚡' : ''}${state}${late}`),
      own ? promise(row, reader) : due,
      waits?.(c),
      excerpt === '' ? null : quote(cut(excerpt.replaceAll('\n', ' '), excerptLength)),
    );
  });
  const open = rows.map(({ c }, i): Button => ({
    label: `${before + i + 1}. ${c.number.slice(-8)}${c.urgent ? ' ⚡' : ''}`,
    press: { action: 'card', id: c.id },
  }));
  const turning: readonly Button[] = [
    ...(previous === null ? [] : [{ label: text.buttons.previous, press: turnTo(previous) }]),
    ...(next === null ? [] : [{ label: text.buttons.next, press: turnTo(next) }]),
  ];
  return view(blocks(head, ...items), [...inRows(open, 2), turning]);
}
