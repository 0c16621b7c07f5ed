/** `npm run chaos`: kills the program and its broker while a crowd uses it, and judges from outside what people saw. */
import { readOptions } from './options.js';
import { runPoints } from './points.js';
import { run } from './run.js';
import { isClean, printOutcome } from './table.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2), process.env['CRASH_AT']);
  if (options.points > 0 || options.crashAt) return await runPoints(options, say);
  say(
    `chaos ${options.tier}: ${options.cases} cases, ${options.replicas} replicas, ${options.kills} kills, ` +
      `${options.redisKills} of redis, ${options.errors} % errors, seed ${options.seed}`,
  );
  const outcome = await run(options, say);
  printOutcome(outcome, options, say);
  return isClean(outcome);
}

try {
  process.exit((await main()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(2);
}
