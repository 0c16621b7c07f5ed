import { defaultBudgets } from '../src/telegram/budgets.js';
import { short, table } from './figures.js';
import { crowdFor, layNotices, untilTold } from './notices.js';
import { acceptedSends, fullestSecond, steadyRate } from './sends.js';
import { openTown, usedEach } from './town.js';

/** 10,000 take a quarter of an hour: two calls a notice, thirty calls a second. */
const count = Number(process.env['BENCH_NOTICES'] ?? 1_000);

/** News for a crowd, all of it waiting: how much of what Telegram allows is used, by one replica and by three together. */
export async function fanOut(say: (line: string) => void): Promise<void> {
  const rows = [
    [
      'replicas',
      'notices',
      'sends/s',
      `of ${defaultBudgets.botPerSecond}/s`,
      'fullest s',
      '429',
      'CPU ms a notice',
    ],
  ];
  for (const replicas of [1, 3]) {
    const crowd = crowdFor(count);
    const town = await openTown({
      owners: 1,
      others: crowd,
      workers: replicas - 1,
      budgets: 'telegram',
      prepare: async (world) => await layNotices(world, crowd),
    });
    try {
      const before = await town.used();
      await untilTold(town.world.mongoUri, say);
      const each = usedEach(before, await town.used(), count);
      const sends = await acceptedSends(town.world.apiRoot);
      const calls = (await Promise.all(town.programs.map(async (program) => await program.calls()))).flat();
      const refused = calls
        .filter(({ outcome }) => outcome === 'too-many')
        .reduce((sum, one) => sum + one.count, 0);
      const rate = steadyRate(sends);
      const share = (of: number): string => `${((rate / of) * 100).toFixed(1)} %`;
      rows.push([
        String(replicas),
        String(sends.length / 2),
        short(rate),
        share(defaultBudgets.botPerSecond),
        String(fullestSecond(sends)),
        String(refused),
        short(each.program),
      ]);
    } finally {
      await town.stop();
    }
  }
  for (const line of table(rows)) say(`  ${line}`);
}
