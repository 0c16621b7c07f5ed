/** The morning digest: one message with what the day brings, and buttons that open the cases. */
import type { DigestItem } from '../domain/morning.js';
import type { Role } from '../domain/people.js';
import type { DatedDigest } from '../queries/load-digest.js';
import { formatDay } from './format.js';
import { dueFor, type Reader } from './reader.js';
import { blocks, bold, lines, rich, type Rich } from './rich.js';
import { inRows, view, type Button, type View } from './view.js';

const shownPerGroup = 5;
const groups = ['late', 'today', 'reminded', 'waiting'] as const;

export function digestView({ digest, opening }: DatedDigest, role: Role, reader: Reader): View {
  const { text } = reader;
  const shown = groups.flatMap((name) => digest[name].slice(0, shownPerGroup));
  const place = new Map(shown.map(({ c }, i) => [c.id, i + 1]));
  const block = (name: (typeof groups)[number]): Rich | null => {
    const items = digest[name];
    if (items.length === 0) return null;
    const hidden = items.length - shownPerGroup;
    return lines(
      bold(text.office.digest.group[name](items.length)),
      ...items.slice(0, shownPerGroup).map((item) => itemLine(item, place.get(item.c.id) ?? 0, reader)),
      hidden > 0 ? text.office.digest.more(hidden) : null,
    );
  };
  const open = shown.map(({ c }, i): Button => ({
    label: `${i + 1}. ${c.number.slice(-8)}${c.urgent ? ' ⚡' : ''}`,
    press: { action: 'open', id: c.id },
  }));
  const title = text.office.digest.title({
    date: formatDay(opening, reader.language, reader),
    role: text.words.role[role],
  });
  return view(blocks(bold(title), ...groups.map(block)), [
    ...inRows(open, 2),
    [{ label: text.buttons.todo, press: { action: 'show-list', arg: 'todo.1' } }],
  ]);
}

function itemLine({ c, clock }: DigestItem, place: number, reader: Reader): Rich {
  const { text } = reader;
  const date = clock ? dueFor(reader, c, clock) : '';
  const due = clock ? ` · ${text.office.digest.due({ clock: text.words.clock[clock.name], date })}` : '';
  return rich(`${place}. `, bold(c.number), ` ${c.urgent ? '⚡' : ''}${text.words.state[c.state]}${due}`);
}
