/** Fault 6: kill -9 at every boundary between two durable steps, while a crowd is at work; judged by what people saw. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { crashPoints } from '../../src/crash-point.js';

const run = promisify(execFile);
/** `npm run chaos -- --points 20` dies twenty times at each, and sleeps past its lease twenty times more. */
const crowd = ['--once', '--cases', '16', '--errors', '0', '--seed', '6'];

test('whoever dies at a boundary leaves nothing lost and nothing said twice', async () => {
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'chaos']);
  const { stdout } = await run(process.execPath, ['dist/chaos/main.js', ...crowd]).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toContain('The promise was kept.');
  const dead = /^died at: (.*)$/m.exec(stdout)?.[1]?.split(', ') ?? [];
  expect(dead.toSorted()).toEqual([...crashPoints].toSorted());
}, 600_000);
