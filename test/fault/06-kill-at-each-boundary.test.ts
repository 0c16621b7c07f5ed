/** Fault 6: kill -9 at every boundary between two durable steps, while a crowd is at work; judged by what people saw. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { livedThrough } from '../../chaos/points.js';

const run = promisify(execFile);
/** `npm run chaos -- --points 20` dies twenty times at each; with `--how stop` it sleeps past its lease instead. */
const crowd = ['--points', '1', '--errors', '0', '--seed', '6'];

test('whoever dies at a boundary leaves nothing lost and nothing said twice', async () => {
  const { stdout } = await run(process.execPath, ['dist/chaos/main.js', ...crowd]).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toContain('The promise was kept.');
  for (const point of livedThrough) expect(stdout).toMatch(new RegExp(`^  ${point} 1$`, 'm'));
}, 600_000);
