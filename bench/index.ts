/** Benchmarks that print figures and ratios, each with the machine they were taken on. */
import { cpus, loadavg, release, totalmem } from 'node:os';
import { fanOut } from './fan-out.js';
import { filing } from './filing.js';
import { growth } from './growth.js';
import { outage } from './outage.js';
import { protection } from './protection.js';
import { queue } from './queue.js';
import { reminders } from './reminders.js';
import { roundTrips } from './round-trips.js';
import { start } from './start.js';
import { updateCost } from './update-cost.js';

interface Bench {
  readonly name: string;
  readonly what: string;
  readonly run: (say: (line: string) => void) => Promise<void>;
  /** Left out unless it is asked for: it waits for most of its quarter of an hour. */
  readonly byNameOnly?: boolean;
}

const benches: readonly Bench[] = [
  {
    name: 'round-trips',
    what: 'what is asked of store, Redis and Telegram per press, per step of a report, per whole case',
    run: roundTrips,
  },
  {
    name: 'update-cost',
    what: 'a press and a step of a report against the echo of bare telegraf',
    run: updateCost,
  },
  {
    name: 'filing',
    what: "cases filed per second by a crowd, from /start to the receipt and the commission's notice",
    run: filing,
  },
  {
    name: 'fan-out',
    what: 'notices to a crowd through the limits, by one replica and by three',
    run: fanOut,
  },
  {
    name: 'queue',
    what: 'notices through our worker against a bare worker that makes one call a job',
    run: queue,
  },
  {
    name: 'growth',
    what: 'sweep, lists, search and rates at 1,000, 10,000 and 100,000 cases',
    run: growth,
  },
  {
    name: 'start',
    what: 'from the command to the first answer, empty and with many cases; memory idle and over many updates',
    run: start,
  },
  {
    name: 'protection',
    what: 'processor time of a whole case with notices in two phases, against one phase',
    run: protection,
  },
  {
    name: 'reminders',
    what: 'five thousand reminders while Redis is emptied, restarted, set back and away: each once, how late',
    run: reminders,
    byNameOnly: true,
  },
  {
    name: 'outage',
    what: 'a day without Telegram: everything arrives afterwards, in order, within the limits',
    run: outage,
    byNameOnly: true,
  },
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => benches.every((bench) => bench.name !== name));
if (unknown.length > 0) {
  say(
    `There is no ${unknown.join(', ')}. npm run bench runs all that are not by name only, or those it is given:\n`,
  );
  for (const { name, what, byNameOnly } of benches)
    say(`  ${name.padEnd(14)} ${what}${byNameOnly === true ? ' (by name only)' : ''}`);
  process.exit(1);
}
const chosen = benches.filter(({ name, byNameOnly }) =>
  asked.length > 0 ? asked.includes(name) : byNameOnly !== true,
);
const [cpu] = cpus();
say(`${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`);
say(`Node ${process.version} on ${process.platform} ${release()}, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
for (const { name, what, run } of chosen) {
  say(`${name}: ${what}`);
  await run(say);
  say('');
}
process.exit(0);
