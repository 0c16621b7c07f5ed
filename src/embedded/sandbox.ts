import { fork } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { keepChild, type Child } from './child.js';
import { EmbeddedError } from './embedded-error.js';
import { readyMessage } from './ready-message.js';
import { readSandboxPeople } from './sandbox-people.js';
import { keepSecret } from './secret-file.js';
import { firstChats, tour, tourPeople } from './tour.js';

export interface LocalTelegram extends Child {
  readonly botToken: string;
  readonly apiRoot: string;
  /** The page on which one plays all the people. */
  readonly url: string;
}

/** The sandbox that plays Telegram, with the people of the organisation file; its page is one port above PORT. */
export const startSandbox = async (place: {
  readonly config: Config;
  readonly folder: string;
  readonly log: Log;
}): Promise<LocalTelegram> => {
  const { config, folder, log } = place;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const botToken = await keepSecret(join(folder, 'bot-token'), makeToken);
  const settings = join(folder, 'sandbox.json');
  await writeFile(settings, JSON.stringify(await sandboxSettings(config, folder, botToken)), { mode: 0o600 });
  const program = createRequire(import.meta.url).resolve('telegram-sandbox/cli');
  let said: Readonly<Record<string, string>> | undefined;
  const child = await keepChild({
    service: 'sandbox',
    log,
    spawn: () =>
      Promise.resolve(
        fork(program, ['--config', settings], {
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          execArgv: [],
          detached: true,
        }),
      ),
    isReady: (line) => {
      said = readyMessage(line) ?? said;
      return said !== undefined;
    },
  }).catch((error: unknown) => {
    throw isPortTaken(error) ? new EmbeddedError(portTaken(sandboxPort(config))) : error;
  });
  const { url, apiRoot } = said ?? {};
  if (url === undefined || apiRoot === undefined)
    throw new EmbeddedError('The sandbox did not say where it listens.');
  return { botToken, apiRoot, url, stop: child.stop };
};

const sandboxSettings = async (config: Config, folder: string, token: string) => {
  const people = await readSandboxPeople(config.orgFile);
  const plays = (id: number): boolean => people.some((person) => person.id === id);
  return {
    host: '127.0.0.1',
    port: sandboxPort(config),
    token,
    bot: { username: 'direct_channel_bot', firstName: '营商直通车 · Direct channel' },
    people,
    opens: firstChats.filter(plays),
    tour: tourPeople.every(plays) ? tour : [],
    dataDir: join(folder, 'data'),
    title: '营商直通车 · Direct channel',
    // With port 0 the program's address is not known yet, and the page goes without its clock.
    ...(config.port === 0 ? {} : { programUrl: `http://${reachable(config.host)}:${config.port}` }),
  };
};

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('EADDRINUSE');

const portTaken = (port: number): string =>
  `Port ${port}, on which the sandbox wants to show its page, is taken by another program. ` +
  `Choose another pair with PORT: the program takes PORT, the sandbox PORT + 1.`;

const sandboxPort = (config: Config): number =>
  config.port === 0 || config.port === 65535 ? 0 : config.port + 1;

const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};

const makeToken = (): string =>
  `${randomInt(1_000_000_000, 9_999_999_999)}:${randomBytes(26).toString('base64url')}`;
