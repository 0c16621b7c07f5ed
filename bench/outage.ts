import { setTimeout as pause } from 'node:timers/promises';
import { openReminders, untilSeen } from './many-reminders.js';

const count = Number(process.env['BENCH_CASES'] ?? 1_000);

/** Telegram is away while a day passes and every reminder falls due; afterwards all of them arrive, in order, within the limits. */
export async function outage(say: (line: string) => void): Promise<void> {
  const all = await openReminders({ count, windowMs: 3_600_000, leadMs: 3_600_000 });
  const { sandbox, url } = all.world;
  try {
    sandbox.faults.add([{ kind: 'outage' }]);
    const from = Date.now();
    const moved = await fetch(`${url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jump: 'P1D' }),
    });
    if (!moved.ok) throw new Error(await moved.text());
    // Long enough for every delivery to have been tried in vain, again and again.
    await pause(60_000);
    say(`  a day without Telegram took ${Math.round((Date.now() - from) / 1_000)} s`);
    sandbox.faults.clear();
    const back = Date.now();
    const { at, twice, outOfOrder, empty } = await untilSeen(all, say);
    const perSecond = new Map<number, number>();
    for (const call of sandbox.journal().filter(({ at: when }) => when >= back))
      if (/^(send|edit)/.test(call.method))
        perSecond.set(Math.floor(call.at / 1_000), (perSecond.get(Math.floor(call.at / 1_000)) ?? 0) + 1);
    say(`  seen ${at.size} of ${count}, twice ${twice}, out of order ${outOfOrder}, empty notices ${empty}`);
    say(`  the last one ${Math.round((Math.max(...at.values()) - back) / 1_000)} s after Telegram was back`);
    say(`  calls in the fullest second: ${Math.max(...perSecond.values())} (Telegram allows 30)`);
    const rows = await all.connection.collection('deliveries').find().toArray();
    const doubts = rows.reduce((sum, { ambiguous }) => sum + Number(ambiguous), 0);
    const dead = rows.filter(({ state }) => state === 'dead').length;
    say(`  dead deliveries ${dead}, sends in doubt ${doubts}`);
  } finally {
    await all.stop();
  }
}
