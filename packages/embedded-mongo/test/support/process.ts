import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Builds the package, so that a child process runs what the tests were written for. */
export function build(): void {
  execFileSync(
    process.execPath,
    [`${ROOT}node_modules/typescript/bin/tsc`, '-b', 'packages/embedded-mongo'],
    { cwd: ROOT },
  );
}

export type ServerProcess = {
  readonly child: ChildProcess;
  readonly uri: string;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
};

/** Starts the command line program and waits for its ready line. `shell` wraps the command, for limits. */
export async function spawnServer(folder: string, socket: string, shell?: string): Promise<ServerProcess> {
  const command = [process.execPath, CLI, folder, socket];
  const child = shell
    ? spawn('bash', ['-c', `${shell}; exec "$@"`, 'bash', ...command], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    : spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  if (!child.stdout) throw new Error('the server has no output');
  const exited = once(child, 'exit');
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
  const { uri } = JSON.parse(String(line[0])) as { uri: string };
  return {
    child,
    uri,
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}
