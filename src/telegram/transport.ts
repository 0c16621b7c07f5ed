import http from 'node:http';
import https from 'node:https';
import type { Body } from './upload.js';

/** What became of a request. `cut` means that it was written, wholly or in part, and no answer was understood. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'cut' };

export interface Transport {
  /** Posts to a path under the API's root; ends within `timeoutMs` or when the signal fires; never throws. */
  post(request: TransportRequest): Promise<Outcome>;
  /** Closes idle connections. */
  close(): void;
}

export interface TransportRequest {
  readonly path: string;
  readonly body: Body;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Told once the whole request is in the hands of the operating system. */
  readonly onWritten?: (() => void) | undefined;
}

const largestAnswerBytes = 32 * 1024 * 1024;

/** Opens nothing yet; connections are made on demand, at most `maxSockets`, and reused. */
export const createTransport = (apiRoot: string, { maxSockets = 64 } = {}): Transport => {
  const root = new URL(apiRoot);
  const secure = root.protocol === 'https:';
  // Idle connections are dropped before the other side drops them: writing into one that was just closed
  // would look as if the request might have arrived.
  const settings = { keepAlive: true, maxSockets, timeout: 4_000, scheduling: 'lifo' as const };
  const agent = secure ? new https.Agent(settings) : new http.Agent(settings);
  const request = secure ? https.request : http.request;

  return {
    post({ path, body, timeoutMs, signal, onWritten }) {
      const url = new URL(root.pathname.replace(/\/$/, '') + path, root);
      const headers = { 'content-type': body.contentType, 'content-length': body.bytes.length };
      return new Promise((resolve) => {
        let written = false;
        const call = request(url, { method: 'POST', agent, headers });
        const settle = (outcome: Outcome): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          resolve(outcome);
        };
        const lost = (): void => settle({ kind: written ? 'cut' : 'unsent' });
        const giveUp = (): void => {
          call.destroy(new Error('given up'));
          // One that was answered with an upgrade was taken from us without a word; it will not say that it ended.
          lost();
        };
        const timer = setTimeout(giveUp, timeoutMs);
        signal?.addEventListener('abort', giveUp, { once: true });
        if (signal?.aborted === true) giveUp();

        call.on('socket', (socket) => {
          if (!socket.connecting) written = true;
          else socket.once(secure ? 'secureConnect' : 'connect', () => (written = true));
        });
        if (onWritten) call.on('finish', onWritten);
        call.on('error', lost);
        call.on('response', (response) => {
          readJson(response).then(
            (answer) => settle({ kind: 'answer', status: response.statusCode ?? 0, body: answer }),
            lost,
          );
        });
        call.end(body.bytes);
      });
    },
    close: () => agent.destroy(),
  };
};

const readJson = async (response: http.IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  // A page of whatever stands before the API; what its status is worth is judged where answers are classified.
  return (response.statusCode ?? 0) >= 400 && !text.startsWith('{')
    ? undefined
    : (JSON.parse(text) as unknown);
};
