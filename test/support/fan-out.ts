/** Stands where Telegram delivers, and gives every update to the replicas several times, side by side. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FanOut {
  readonly url: string;
  /** Where the replicas listen; until there are some Telegram is asked to come again. */
  readonly serve: (replicas: readonly string[]) => void;
  /** How many deliveries the replicas took. */
  readonly taken: () => number;
  readonly close: () => Promise<void>;
}

const path = '/telegram/updates';

/** `copies` of each update, dealt out to the replicas in turn. */
export async function openFanOut(copies: number): Promise<FanOut> {
  let replicas: readonly string[] = [];
  let turn = 0;
  let taken = 0;
  const server = createServer((incoming, outgoing) => {
    const secret = String(incoming.headers['x-telegram-bot-api-secret-token'] ?? '');
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
    const deal = async (): Promise<number> => {
      const body = await buffer(incoming);
      if (replicas.length === 0) return 503;
      const targets = Array.from({ length: copies }, () => replicas[turn++ % replicas.length] ?? '');
      const answers = await Promise.all(
        targets.map(async (target) => await fetch(target + path, { method: 'POST', headers, body })),
      );
      taken += answers.filter(({ ok }) => ok).length;
      return answers.find(({ ok }) => !ok)?.status ?? 200;
    };
    deal().then(
      (status) => outgoing.writeHead(status).end('{}'),
      () => outgoing.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    serve: (urls) => (replicas = urls),
    taken: () => taken,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
