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
import { updateCost } from './update-cost.js';

interface Bench {
  readonly name: string;
  readonly what: string;
  readonly run: (say: (line: string) => void) => Promise<void>;
}

const benches: readonly Bench[] = [
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
    name: 'round-trips',
    what: 'what the program asks of its store and of Redis per press, per step of a report, per whole case',
    run: roundTrips,
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
  },
  {
    name: 'outage',
    what: 'a day without Telegram: everything arrives afterwards, in order, within the limits',
    run: outage,
  },
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2);
const chosen = benches.filter(({ name }) => asked.includes(name));
if (chosen.length === 0) {
  say(`Say which: npm run bench -- ${benches.map(({ name }) => name).join(' | ')}\n`);
  for (const { name, what } of benches) say(`  ${name.padEnd(14)} ${what}`);
  process.exit(1);
}
const [cpu] = cpus();
say(`${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`);
say(`Node ${process.version} on ${process.platform} ${release()}, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
for (const { name, what, run } of chosen) {
  say(`${name}: ${what}`);
  await run(say);
}
process.exit(0);
