/** A department's ledger: its cases with the four quantities, to be struck off one after another. */
import { ledgerTabs, type LedgerPage, type LedgerTab } from '../queries/load-ledger.js';
import type { CardFacts } from '../queries/load-card.js';
import { ledgerLines } from './cards/ledger-block.js';
import { blocks, bold, lines, rich, type Part } from './rich.js';
import { nameFor, type Reader } from './reader.js';
import { inRows, view, type Button, type View } from './view.js';

/** What a ledger's button carries; a department's code is at most twelve letters and digits. */
export const ledgerArg = (tab: LedgerTab, page: number, department: string): string =>
  `${tab}.${page}.${department}`;

export function ledgerView(ledger: LedgerPage, reader: Reader): View {
  const { department, tab, counts, rows, page, pages } = ledger;
  const { text } = reader;
  const go = (label: string, to: LedgerTab, at = 1): Button => ({
    label,
    press: { action: 'ledger', arg: ledgerArg(to, at, department.code) },
  });
  const head = lines(
    bold(text.ledger.title(nameFor(reader, department))),
    lines(text.ledger.tabs[tab](counts[tab]), pages > 1 ? text.ledger.page(page, pages) : null),
    rows.length === 0 ? text.ledger.empty[tab] : null,
  );
  const shown = view(blocks(head, ...rows.map((facts, i) => item(facts, i + 1, reader))), [
    ...rows.map((facts, i) => itemButtons(facts, i + 1, { ledger, reader })),
    [
      ...(page > 1 ? [go(text.buttons.previous, tab, page - 1)] : []),
      ...(page < pages ? [go(text.buttons.next, tab, page + 1)] : []),
    ],
    ledgerTabs
      .filter((other) => other !== tab)
      .map((other) => go(text.ledger.tabs[other](counts[other]), other)),
  ]);
  return { ...shown, looks: [{ what: 'ledger', caseId: null }] };
}

function item(facts: CardFacts, ordinal: number, reader: Reader): Part {
  const { c } = facts;
  const state = reader.text.words.state[c.state];
  return lines(
    rich(`${ordinal}. `, bold(c.number), ` ${c.urgent ? '⚡' : ''}${state}`),
    ledgerLines(facts, reader),
  );
}

/** Opening the card, and striking off where this viewer may. */
function itemButtons(
  { c, offered }: CardFacts,
  ordinal: number,
  { ledger, reader }: { readonly ledger: LedgerPage; readonly reader: Reader },
): readonly Button[] {
  const arg = ledgerArg(ledger.tab, ledger.page, ledger.department.code);
  const open: Button = {
    label: `${ordinal}. ${c.number.slice(-8)}`,
    press: { action: 'ledger-card', id: c.id },
  };
  if (!offered.includes('close')) return [open];
  return [
    open,
    {
      label: reader.text.ledger.strike(String(ordinal)),
      press: { action: 'strike-off', id: c.id, rev: c.rev, arg },
    },
  ];
}

/** The commission picks a department. */
export function chooseLedgerView(departments: readonly LedgerPage['department'][], reader: Reader): View {
  const buttons = departments.map((department): Button => ({
    label: nameFor(reader, department),
    press: { action: 'ledger', arg: ledgerArg('submitted', 1, department.code) },
  }));
  return view(bold(reader.text.ledger.choose), inRows(buttons, 2));
}
