/** The outcome of a run as a table for people, and whether it may pass. */
import type { Outcome } from './run.js';
import type { RunOptions } from './options.js';
import { leases } from './replicas.js';

const shownAtMost = 15;

export const isClean = ({ verdict }: Outcome): boolean =>
  [verdict.lost, verdict.casesTwice, verdict.contentTwice, verdict.wrong].every((list) => list.length === 0);

/** What must not be, in words. */
function printFindings({ verdict }: Outcome, say: (line: string) => void): void {
  for (const [name, list] of Object.entries(verdict)) {
    if (!Array.isArray(list) || list.length === 0) continue;
    say(`\n${name}:`);
    for (const line of list.slice(0, shownAtMost)) say(`  ${line}`);
    if (list.length > shownAtMost) say(`  … and ${list.length - shownAtMost} more`);
  }
}

const parts = [0.5, 0.95, 0.99];

function shares(ms: readonly number[]): string {
  if (ms.length === 0) return '–';
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (part: number): number => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0) / 1_000;
  return `${parts.map((part) => at(part).toFixed(2)).join(' / ')} s (${ms.length})`;
}

export function printOutcome(outcome: Outcome, options: RunOptions, say: (line: string) => void): void {
  const { verdict, struck, waits, seconds, calls } = outcome;
  const rows: readonly (readonly [string, string | number])[] = [
    ['cases', verdict.cases],
    ['receipts', verdict.receipts],
    ['news delivered', verdict.delivered],
    ['lost', verdict.lost.length],
    ['cases twice', verdict.casesTwice.length],
    ['content twice', verdict.contentTwice.length],
    ['empty notices never filled', verdict.orphans],
    ['… of these left by a death', verdict.orphansOfDeaths],
    ['doubtful sends recorded', verdict.ambiguous],
    ['anything else wrong', verdict.wrong.length],
    ['wait for others, 50 / 95 / 99 %', shares(waits)],
    ['news on the screen after, 50 / 95 / 99 %', shares(verdict.lateMs.news)],
    ['reminders on the screen after, 50 / 95 / 99 %', shares(verdict.lateMs.reminders)],
    ['replicas killed', struck.replicas],
    ['redis killed', `${struck.redis}, of these started empty ${struck.redisEmpty}`],
    ['calls going wrong', `${options.errors} %`],
    ['journal entries', calls],
    ['duration', `${seconds} s`],
    ['replicas', options.replicas],
    ['leases', `lane ${leases.laneMs} ms, delivery ${leases.deliveryMs} ms`],
    ["Telegram's and our own budgets", 'off'],
    ['seed', options.seed],
  ];
  const widest = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) say(`${name.padEnd(widest)}  ${value}`);
  printFindings(outcome, say);
  if (options.keep) say(`\nkept: ${outcome.folder}`);
  say(
    isClean(outcome)
      ? '\nThe promise was kept.'
      : `\nBROKEN. Again: npm run chaos -- --tier ${options.tier} --cases ${options.cases} --seed ${options.seed} --keep`,
  );
}
