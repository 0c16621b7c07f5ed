/** Fault 7: replicas and redis are killed with -9 while a crowd is at work and calls to Telegram go wrong; judged by what people saw. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
/** `npm run chaos -- --tier long` is the same with 10,000 cases, 50 kills and 10 of redis. */
const crowd = ['--tier', 'short', '--seed', '7'];

test('nothing acknowledged is lost, nothing is said twice', async () => {
  const { stdout } = await run(process.execPath, ['dist/chaos/main.js', ...crowd]).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toContain('The promise was kept.');
  expect(stdout).toMatch(/^replicas killed +3$/m);
  expect(stdout).toMatch(/^redis killed +1,/m);
}, 600_000);
