import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Change, Entry } from '../state/change.js';
import type { Store } from '../state/store.js';
import { unreadCount, viewMessage } from '../people/view.js';

type PageEvent = { readonly name: string; readonly data: unknown };

const heartbeatMs = 20_000;

const personRow = ({ chats }: Store['world'], personId: number): unknown => {
  const state = chats.get(personId);
  return state && { personId, unread: unreadCount(state), started: state.started };
};

const eventsOf = (store: Store, change: Change): readonly PageEvent[] => {
  const { world } = store;
  const current = (chatId: number, messageId: number): readonly PageEvent[] => {
    const stored = world.chats.get(chatId)?.messages.get(messageId);
    return stored ? [{ name: 'edit', data: { personId: chatId, message: viewMessage(stored) } }] : [];
  };
  if (change.kind === 'message') {
    return [{ name: 'message', data: { personId: change.chatId, message: viewMessage(change.message) } }];
  }
  if (change.kind === 'edit') return current(change.chatId, change.wire.message_id);
  if (change.kind === 'reaction') return current(change.chatId, change.messageId);
  if (change.kind === 'delete') {
    return change.messageIds.map((messageId) => ({
      name: 'delete',
      data: { personId: change.chatId, messageId },
    }));
  }
  if (change.kind === 'typing') return [{ name: 'typing', data: { personId: change.chatId } }];
  if (change.kind === 'answer') {
    const personId = world.queries.get(change.queryId)?.query.from.id;
    return [
      { name: 'answer', data: { personId, text: change.answer.text, showAlert: change.answer.showAlert } },
    ];
  }
  if (change.kind === 'chat') {
    const { readUpTo: _read, started: _started, ...rest } = change.patch;
    // Reading and starting happen all the time and change one row: told in full, nobody has to ask for all people.
    if (Object.keys(rest).length > 0) return [{ name: 'people', data: {} }];
    return [{ name: 'person', data: personRow(world, change.chatId) }];
  }
  const isMenu = change.kind === 'profile' && change.key.startsWith('menu|');
  if (change.kind !== 'commands' && !isMenu) return [];
  const only = Number(change.key.split('|')[1] ?? '');
  const people =
    only > 0 ? [only] : [...world.chats.values()].filter(({ user }) => user).map(({ chat }) => chat.id);
  return people.map((personId) => ({ name: 'commands', data: { personId } }));
};

export type EventStream = {
  /** Tells every open page something that is not in the journal (the clock). */
  broadcast(name: string, data: unknown): void;
  readonly route: (scope: FastifyInstance) => Promise<void>;
  close(): void;
};

/** GET /sandbox/events: what happens, as server-sent events, to every open page. */
export const createEventStream = (store: Store): EventStream => {
  const open = new Set<ServerResponse>();
  const broadcast = (name: string, data: unknown): void => {
    const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const response of open) response.write(text);
  };
  const unlisten = store.onCommit((entry: Entry) => {
    if (open.size === 0) return;
    for (const event of entry.changes.flatMap((change) => eventsOf(store, change)))
      broadcast(event.name, event.data);
  });
  const heartbeat = setInterval(() => {
    for (const response of open) response.write(':\n\n');
  }, heartbeatMs);
  heartbeat.unref();
  return {
    broadcast,
    route: async (scope) => {
      scope.get('/events', (request, reply) => {
        const { raw: response } = reply.hijack();
        response.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        response.write('retry: 1000\n\n');
        open.add(response);
        request.raw.socket.setNoDelay(true);
        response.on('close', () => open.delete(response));
      });
    },
    close: () => {
      unlisten();
      clearInterval(heartbeat);
      for (const response of open) response.end();
    },
  };
};
