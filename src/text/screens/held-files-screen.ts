/** The files that stay with the commission: looked at and given to the department one by one (rules §6). */
import type { CardFacts } from '../../queries/load-card.js';
import { blocks, bold, lines } from '../rich.js';
import { dateFor, type Reader } from '../reader.js';
import { view, type Button, type View } from '../view.js';

/** A keyboard of Telegram holds about a hundred buttons; a report has twenty files at most. */
const mostShown = 40;

export function heldFilesView({ c, files }: CardFacts, reader: Reader): View {
  const { files: text } = reader.text.identity;
  const isGiven = (key: string): boolean => c.access.releasedFiles.includes(key);
  const shown = files.map((held, i) => ({ ...held, ordinal: i + 1 })).slice(-mostShown);
  const items = shown.map(({ key, at, file, ordinal }) => {
    const what = reader.text.words.attachment[file.kind];
    const line = text.line({ ordinal, what, at: dateFor(reader, at) });
    return isGiven(key) ? `${line} · ✅ ${text.released}` : line;
  });
  const press = (action: string, ordinal: number): Button['press'] => ({
    action,
    id: c.id,
    rev: c.rev,
    arg: String(ordinal),
  });
  const rows = shown.map(({ key, ordinal }): readonly Button[] => [
    { label: text.look(ordinal), press: press('look-file', ordinal) },
    ...(isGiven(key) ? [] : [{ label: text.release(ordinal), press: press('release-file', ordinal) }]),
  ]);
  const back: Button = { label: reader.text.buttons.back, press: { action: 'card', id: c.id } };
  return view(blocks(lines(bold(c.number), text.title), text.about, lines(...items)), [...rows, [back]]);
}
