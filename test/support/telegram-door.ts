/** A door before a Bot API server: it lets calls through, or answers in its place as a test wants. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface DoorAnswer {
  readonly status: number;
  /** A text is a page of HTML, as of something that stands before the API; anything else is JSON. */
  readonly body: unknown;
}

export interface TelegramDoor {
  readonly apiRoot: string;
  /** Methods that came by, whether let through or answered here. */
  readonly seen: readonly string[];
  readonly close: () => Promise<void>;
}

/** `answer` takes a method and its payload; undefined lets the call through, a promise keeps it waiting at the door. */
export async function openTelegramDoor(
  apiRoot: string,
  answer: (
    method: string,
    payload: Readonly<Record<string, unknown>>,
  ) => DoorAnswer | undefined | Promise<DoorAnswer | undefined>,
): Promise<TelegramDoor> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const method = incoming.url?.split('/').at(-1) ?? '';
    seen.push(method);
    // Not as a text: an upload is none.
    const answered = buffer(incoming).then(async (body) => {
      const isJson = body.at(0) === 0x7b;
      const payload = isJson ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
      const given = await answer(method, payload);
      if (given !== undefined) {
        const page = typeof given.body === 'string';
        outgoing.writeHead(given.status, { 'content-type': page ? 'text/html' : 'application/json' });
        outgoing.end(page ? given.body : JSON.stringify(given.body));
        return;
      }
      const { headers } = incoming;
      const passed = request(apiRoot + (incoming.url ?? ''), { method: 'POST', headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      outgoing.on('close', () => passed.destroy());
      passed.end(body);
    });
    answered.catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiRoot: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
