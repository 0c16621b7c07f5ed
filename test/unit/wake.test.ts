import { afterEach, expect, test, vi } from 'vitest';
import { createWake } from '../../jobs/queues.js';

afterEach(() => vi.useRealTimers());

test('whoever still waits is woken again although the job that was to reach him is in the hands of the dead', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T01:00:00Z') });
  const held = new Set<string | undefined>();
  const jobs: string[] = [];
  const under: Promise<void>[] = [];
  const wake = createWake(
    {
      // A queue takes no second job of an id, and says that it was taken.
      wake: (_name, _payload, jobId = '') => {
        if (!held.has(jobId)) jobs.push(jobId);
        held.add(jobId);
        return Promise.resolve(true);
      },
    },
    { relay: () => Promise.resolve(), route: () => Promise.resolve(), deliver: () => Promise.resolve() },
    (work) => void under.push(work),
  );
  for (let sweep = 0; sweep < 6; sweep++) {
    wake.deliverAgain(['him']);
    vi.setSystemTime(Date.now() + 5_000);
  }
  await Promise.all(under);
  expect(jobs).toHaveLength(2);
});
