import { setTimeout as pause } from 'node:timers/promises';
import { openReminders, untilSeen } from './many-reminders.js';

const count = Number(process.env['BENCH_CASES'] ?? 5_000);
/** Telegram takes thirty calls a second, a reminder needs two, and a fifth is kept for answers: seven a second are safe. */
const aSecond = Number(process.env['BENCH_RATE'] ?? 7);

/** Every reminder once, while Redis is emptied, restarted empty, set back to an older file, and away. */
export async function reminders(say: (line: string) => void): Promise<void> {
  const windowMs = (count / aSecond) * 1_000;
  const all = await openReminders({ count, windowMs, leadMs: 20_000 });
  const { redis } = all.world;
  say(`  ${count} reminders over ${Math.round(windowMs / 1_000)} s`);
  const at = async (share: number): Promise<void> =>
    await pause(Math.max(0, all.firstDueAt + share * windowMs - Date.now()));
  try {
    const seen = untilSeen(all, say);
    await at(0.1);
    await redis.copyData();
    await at(0.2);
    say('  Redis is emptied');
    await redis.command('FLUSHALL');
    await at(0.4);
    say('  Redis is killed and comes back empty');
    await redis.kill();
    await redis.start('nothing');
    await at(0.6);
    say('  Redis is killed and comes back as it was long ago');
    await redis.kill();
    await redis.start('the copy');
    await at(0.8);
    say('  Redis is away for a minute');
    await redis.kill();
    await pause(60_000);
    await redis.start();
    const { at: times, twice, outOfOrder, empty } = await seen;
    const late = [...times].map(([number, time]) => (time - (all.dueAt.get(number) ?? 0)) / 1_000);
    const sorted = late.toSorted((a, b) => a - b);
    const p = (share: number): string =>
      `${(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1)} s`;
    say(
      `  seen ${times.size} of ${count}, twice ${twice}, out of order ${outOfOrder}, empty notices ${empty}`,
    );
    say(
      `  lateness p50 ${p(0.5)}, p95 ${p(0.95)}, p99 ${p(0.99)}, most ${p(1)} (target for p99: 90 s), earliest ${p(0)}`,
    );
  } finally {
    await all.stop();
  }
}
