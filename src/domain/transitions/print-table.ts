/** The transition table for reading (design §3): a table and a state diagram, printed from the rows that decide. */
import type { CaseRecord, CaseState } from '../case.js';
import type { TransitionRequest, TransitionRow } from './row.js';

/** Where a row can lead from one state; rows that decide by the case are asked with and without a parent department. */
function targets({ to }: TransitionRow, from: CaseState): readonly CaseState[] {
  if (to === 'same') return [from];
  if (typeof to === 'string') return [to];
  const c = { state: from, department: 'X' } as CaseRecord;
  const asked = [null, 'PARENT'].map((parentDepartment) =>
    to(c, { input: { parentDepartment } } as TransitionRequest),
  );
  return [...new Set(asked)];
}

const leads = (row: TransitionRow, from: CaseState): readonly CaseState[] =>
  targets(row, from).filter((state) => state !== from);

function tableLine(row: TransitionRow): string {
  const to = [...new Set(row.from.flatMap((from) => leads(row, from)))];
  const stays = row.from.some((from) => targets(row, from).includes(from));
  const cells = [
    `\`${row.name}\``,
    row.from.join(', '),
    [...to, ...(stays ? ['*stays*'] : [])].join(', '),
    row.by.join(', '),
    row.form ?? '',
    clockNames(row.starts),
    clockNames(row.stops),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Drawn from everywhere they would hide the rest; they stand below the diagram in words. */
const fromNearlyEverywhere = (row: TransitionRow): boolean =>
  row.from.filter((from) => leads(row, from).length > 0).length > 5;

const inWords = (row: TransitionRow): string => {
  const to = new Set(row.from.flatMap((from) => leads(row, from)));
  return `- from ${row.from.join(', ')}: \`${row.name}\` leads to ${[...to].join(', ')}`;
};

const clockNames = (clocks: TransitionRow['starts']): string =>
  typeof clocks === 'function' ? '*by the case*' : (clocks ?? []).join(', ');

/** One arrow for each pair of states, with every transition that leads along it. */
function arrows(rows: readonly TransitionRow[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const row of rows) {
    for (const from of row.from) {
      for (const to of leads(row, from)) {
        const pair = `${from} --> ${to}`;
        names.set(pair, [...(names.get(pair) ?? []), row.name]);
      }
    }
  }
  return [...names].map(([pair, along]) => `  ${pair}: ${along.join(', ')}`);
}

/** Takes the rows, gives a Markdown page; the same rows always give the same page. */
export function printTransitions(rows: readonly TransitionRow[]): string {
  return [
    '# States and transitions',
    '',
    'Printed from `src/domain/transitions/` by `node scripts/print-transitions.mjs`; do not edit by hand.',
    'A transition that is not in the table is refused. A case begins as `filed`, on the integrity track as `sealed`.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> filed: report',
    '  [*] --> sealed: report (integrity)',
    ...arrows(rows.filter((row) => !fromNearlyEverywhere(row))),
    '  archived --> [*]',
    '```',
    '',
    'Not drawn, because they lead away from nearly everywhere:',
    '',
    ...rows.filter(fromNearlyEverywhere).map(inWords),
    '',
    `${rows.length} transitions. *Stays* means that the state does not change; what happened is in the history all the same.`,
    '',
    '| transition | from | to | who | form | starts clocks | stops clocks |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(tableLine),
    '',
  ].join('\n');
}
