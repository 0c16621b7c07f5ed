/** What the administrator sees: counts, dead letters by reference, a technical alarm. Never content, never a name. */
import type { DeadLetter, HeldUp } from '../../domain/dead-letter.js';
import { dateFor, type Reader } from '../reader.js';
import { blocks, bold, lines, plain, rich, type Rich } from '../rich.js';
import { inRows, view, type Button, type View } from '../view.js';

type Counts = Readonly<Record<string, number>>;

export function healthView(
  seen: { readonly cases: Counts; readonly deliveries: Counts; readonly deadLetters: number },
  { text }: Reader,
): View {
  const listed = (counts: Counts, words: Readonly<Record<string, string>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${words[name] ?? name} ${count}`)
      .join(' · ') || '—';
  const { technical } = text;
  const body = technical.health({
    cases: listed(seen.cases, text.words.state),
    deliveries: listed(seen.deliveries, technical.delivery),
    deadLetters: seen.deadLetters,
  });
  const dead = seen.deadLetters + (seen.deliveries['dead'] ?? 0);
  const open: Button = { label: technical.dead.open(dead), press: { action: 'dead', arg: '1' } };
  return view(plain(body), dead > 0 ? [[open]] : []);
}

export interface DeadPage {
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  /** Counts from 1. */
  readonly page: number;
  readonly pages: number;
}

export function deadLettersView({ letters, total, page, pages }: DeadPage, reader: Reader): View {
  const { text } = reader;
  const { dead } = text.technical;
  const back: Button = { label: text.buttons.back, press: { action: 'health' } };
  if (total === 0) return view(plain(dead.none), [[back]]);
  const again = letters.map(({ kind, id, ref }): Button => ({
    label: dead.again(ref),
    press: {
      action: kind === 'update' ? 'dead-again' : 'dead-send',
      id: toPressId(id),
      arg: String(page),
    },
  }));
  const turnTo = (label: string, to: number): readonly Button[] =>
    to < 1 || to > pages ? [] : [{ label, press: { action: 'dead', arg: String(to) } }];
  const rows = letters.map(({ kind, ref, buriedAt, errorClass }) =>
    rich(kind === 'delivery' ? `${dead.delivery} ` : '', line({ ref, at: buriedAt, errorClass }, reader)),
  );
  return view(blocks(lines(bold(dead.title(total)), dead.explained), lines(...rows)), [
    ...inRows(again, 2),
    [...turnTo(text.buttons.previous, page - 1), ...turnTo(text.buttons.next, page + 1)],
    [{ label: dead.allAgain(total), press: { action: 'dead-all', arg: String(page) } }],
    [back],
  ]);
}

const line = (
  {
    ref,
    at,
    errorClass = '',
  }: { readonly ref: string; readonly at: Date | undefined; readonly errorClass: string | undefined },
  reader: Reader,
): Rich =>
  rich(
    bold(ref),
    ` · ${dateFor(reader, at)} · ${errorClass === '' ? reader.text.technical.dead.unknown : errorClass}`,
  );

/** The id of an update has a colon, a button's has none. */
const toPressId = (id: string): string => id.replace(':', '.');
export const fromPressId = (id: string): string => id.replace('.', ':');

/** How many, and what to do: nothing of what they are about. */
export const unreadView = (count: number, { text }: Reader): View => {
  const { alarm } = text.technical;
  return view(blocks(bold(alarm.title), lines(alarm.unread(count), alarm.unreadNext)));
};

/** Which, since when and with what; not for whom and nothing of what it says. */
export const heldUpView = ({ ref, dueAt, errorClass }: HeldUp, reader: Reader): View => {
  const { alarm } = reader.text.technical;
  return view(
    blocks(
      bold(alarm.title),
      lines(alarm.heldUp, line({ ref, at: dueAt, errorClass }, reader), alarm.heldUpNext),
    ),
  );
};

export function alarmView(
  { updates, deliveries }: { readonly updates: number; readonly deliveries: number },
  { text }: Reader,
): View {
  const { alarm } = text.technical;
  return view(
    blocks(
      bold(alarm.title),
      lines(
        updates > 0 && alarm.updates(updates),
        deliveries > 0 && alarm.deliveries(deliveries),
        alarm.next,
      ),
    ),
    [[{ label: alarm.look, press: { action: 'health' } }]],
  );
}
