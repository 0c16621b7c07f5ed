/** What the review card turns into when a report was sent (design §2.2). */
import type { CaseRecord } from '../../domain/case.js';
import { blocks, bold } from '../rich.js';
import { dateFor, dueFor, type Reader } from '../reader.js';
import { view, type View } from '../view.js';

export function receiptView(c: CaseRecord, reader: Reader): View {
  const { text } = reader;
  const which = c.track === 'integrity' ? 'integrity' : c.kind;
  // As it was filed: whoever presses “Send” once more later is not told another clock's date.
  const first = c.clocks.find(({ name }) => name === 'dispatch' || name === 'sealed-answer');
  const body = text.report.receipt[which]({
    number: c.number,
    due: dueFor(reader, c, first),
    promised: dateFor(reader, c.promisedAt, c.provisional),
  });
  return view(blocks(bold(text.report.receiptTitle), body), [
    [
      { label: text.buttons.open, press: { action: 'card', id: c.id } },
      { label: text.buttons.my, press: { action: 'show-list', arg: 'my.1' } },
    ],
  ]);
}
