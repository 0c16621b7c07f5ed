/** Counts what a process asks of the document store, of Redis and of Telegram, by what is asked. */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { Redis } from 'ioredis';
import type { Connection } from '../src/store/connect.js';

/** How often each was asked: `store find cases`, `redis evalsha`, `telegram sendMessage`. */
export type Commands = Readonly<Record<string, number>>;

export interface CommandCounts {
  /** The address of a store whose driver tells its commands. */
  readonly watched: (mongoUri: string) => string;
  readonly listen: (connection: Connection) => void;
  readonly sofar: () => Commands;
}

export function countCommands(): CommandCounts {
  const commands: Record<string, number> = {};
  const count = (name: string): void => void (commands[name] = (commands[name] ?? 0) + 1);

  // Every connection of the process is counted, those of the queues too: what is written to Redis passes here.
  const { sendCommand } = Redis.prototype;
  Redis.prototype.sendCommand = function counting(command, ...rest) {
    count(`redis ${command.name}`);
    return sendCommand.call(this, command, ...rest);
  };
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    const [, method] = /^\/bot[^/]+\/(\w+)/.exec(request.path) ?? [];
    if (method !== undefined && method !== 'getUpdates') count(`telegram ${method}`);
  });
  return {
    watched: (mongoUri) => `${mongoUri}${mongoUri.includes('?') ? '&' : '?'}monitorCommands=true`,
    listen: (connection) =>
      void connection.getClient().on('commandStarted', ({ commandName, command }) => {
        const collection: unknown = command[commandName];
        count(`store ${commandName} ${typeof collection === 'string' ? collection : ''}`.trim());
      }),
    sofar: () => ({ ...commands }),
  };
}

/** What came to it between two counts. */
export const between = (before: Commands, after: Commands): Commands =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

const services = ['store', 'redis', 'telegram'] as const;

/** For each service the sum, then each command, the most frequent first. */
export function listed(commands: Commands, of = 1): string {
  const lines = services.map((service) => {
    const rows = Object.entries(commands)
      .filter(([name]) => name.startsWith(`${service} `))
      .map(([name, count]) => [name.slice(service.length + 1), Math.round((count * 10) / of) / 10] as const)
      .filter(([, count]) => count > 0)
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const sum = Math.round(rows.reduce((all, [, count]) => all + count, 0));
    return `    ${service} ${sum}: ${rows.map(([name, count]) => `${name} ${count}`).join(', ')}`;
  });
  return lines.filter((line) => !/ 0: $/.test(line)).join('\n');
}
