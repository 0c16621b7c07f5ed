import { expect, test } from 'vitest';
import { createTick } from '../../jobs/ticks.js';
import { createLog } from '../../src/log.js';

test('a sweep that takes longer than a tick is waited for at the end, and not begun a second time', async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const done: string[] = [];
  const { tick, idle } = createTick(
    // Redis is away: every tick would sweep by itself.
    { wake: () => Promise.resolve(false) },
    {
      log: createLog('silent'),
      sweepHere: async () => {
        done.push('begun');
        await ended;
        done.push('over');
      },
    },
  );
  const first = tick();
  await tick();
  const stopped = idle().then(() => done.push('stopped'));
  await Promise.resolve();
  end();
  await Promise.all([first, stopped]);
  expect(done).toEqual(['begun', 'over', 'stopped']);
});
