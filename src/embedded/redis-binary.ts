import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedError } from './embedded-error.js';

const run = promisify(execFile);

/** How to run redis-server on this machine: from the PATH, or from where `npm start` put it. */
export const findRedisServer = async (): Promise<string> => {
  for (const candidate of ['redis-server', join(projectFolder(), '.cache/bin/redis-server')])
    if (await runs(candidate, ['--version'])) return candidate;
  throw new EmbeddedError(
    'There is no redis-server on this machine. Start with "npm start", which brings one along on Debian and Ubuntu; ' +
      'or install the package redis (macOS: brew install redis), or set REDIS_URL.',
  );
};

/** Command and arguments that end the server together with the program that started it, where the system can. */
export const tiedToParent = async (
  command: string,
  parameters: readonly string[],
): Promise<[string, string[]]> => {
  const tie = ['--pdeathsig', 'TERM'];
  return (await runs('setpriv', [...tie, 'true']))
    ? ['setpriv', [...tie, command, ...parameters]]
    : [command, [...parameters]];
};

const runs = async (command: string, parameters: readonly string[]): Promise<boolean> => {
  try {
    await run(command, parameters, { timeout: 5000 });
    return true;
  } catch {
    return false;
  }
};

const projectFolder = (): string => dirname(createRequire(import.meta.url).resolve('#package.json'));
