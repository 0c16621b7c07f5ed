/** What a program asks its store, recorded from the driver, and how the store says that it answers. */
import type { Connection } from '../../src/store/connect.js';

/** One statement of a command, as `explain` takes it. */
export interface Asked {
  readonly collection: string;
  readonly command: Readonly<Record<string, unknown>>;
}

/** A store's address whose driver tells what it sends. */
export const watched = (mongoUri: string): string =>
  `${mongoUri}${mongoUri.includes('?') ? '&' : '?'}monitorCommands=true`;

export interface Recorder {
  readonly listen: (connection: Connection) => void;
  /** One of each shape, in the order they came. */
  readonly shapes: () => readonly (readonly [shape: string, asked: Asked])[];
}

const explained = new Set(['find', 'aggregate', 'update', 'delete', 'findAndModify', 'count', 'distinct']);

export function recordQueries(): Recorder {
  const seen = new Map<string, Asked>();
  return {
    listen: (connection) =>
      void connection.getClient().on('commandStarted', ({ commandName, command }) => {
        if (!explained.has(commandName)) return;
        for (const asked of statementsOf(commandName, command)) {
          const shape = shapeOf(asked);
          if (!seen.has(shape)) seen.set(shape, asked);
        }
      }),
    shapes: () => [...seen],
  };
}

/** What belongs to the session, not to the question. */
const ofSession = new Set([
  'lsid',
  '$db',
  '$clusterTime',
  'txnNumber',
  'writeConcern',
  'readConcern',
  'ordered',
]);

/** Explain takes one statement of an update or delete at a time. */
function statementsOf(name: string, command: Record<string, unknown>): readonly Asked[] {
  const collection = String(command[name]);
  const bare = Object.fromEntries(Object.entries(command).filter(([field]) => !ofSession.has(field)));
  const list = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : undefined;
  if (list === undefined) return [{ collection, command: bare }];
  return (command[list] as readonly unknown[]).map((one) => ({
    collection,
    command: { [name]: collection, [list]: [one] },
  }));
}

/** What decides about the plan: filter, order and pipeline without their values. */
function shapeOf({ command }: Asked): string {
  const [name = ''] = Object.keys(command);
  const first = (list: unknown): unknown => (Array.isArray(list) ? (list as unknown[])[0] : undefined);
  const statement = (first(command['updates']) ?? first(command['deletes'])) as { q?: unknown } | undefined;
  const question = {
    filter: command['filter'] ?? command['query'] ?? statement?.q,
    sort: command['sort'],
    pipeline: command['pipeline'],
  };
  return `${name} ${String(command[name])} ${JSON.stringify(withoutValues(question))}`;
}

function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(withoutValues);
    return [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  }
  // The driver keeps an order of fields as a Map.
  if (value instanceof Map) return withoutValues(Object.fromEntries(value));
  if (typeof value !== 'object' || value === null || value instanceof Date) return '?';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutValues(inner)]));
}

/** The stages of the plan that the store chose. */
export async function planOf(connection: Connection, { command }: Asked): Promise<readonly string[]> {
  const answer: unknown = await connection.db?.command({
    explain: command,
    verbosity: 'queryPlanner',
  });
  const stages: string[] = [];
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      // A plan that was not taken says nothing; "command" is the question itself.
      if (key === 'rejectedPlans' || key === 'command' || key === 'parsedQuery') continue;
      if (key === 'stage' && typeof inner === 'string') stages.push(inner);
      walk(inner);
    }
  };
  walk(answer);
  return stages;
}
