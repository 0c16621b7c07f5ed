import type { FastifyInstance } from 'fastify';
import { ControlError } from '../errors.js';
import { clockBody } from './control-schemas.js';
import type { Store } from '../state/store.js';
import type { EventStream } from './events-route.js';

const stateTimeoutMs = 5_000;
const moveTimeoutMs = 300_000;

const ask = async (url: URL, init: RequestInit, timeoutMs: number): Promise<unknown> => {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const body: unknown = await response.json();
    if (!response.ok)
      throw new ControlError(response.status === 404 ? 503 : response.status, JSON.stringify(body));
    return body;
  } catch (error) {
    if (error instanceof ControlError) throw error;
    throw new ControlError(503, 'the program does not answer');
  }
};

const nowOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'now' in body ? body.now : undefined;

export type ClockRoutes = {
  readonly programUrl: string | undefined;
  readonly events: EventStream;
  readonly store: Store;
};

/** GET and POST /sandbox/clock: the program's own clock, passed through. 503 while the program is down. */
export const clockRoutes =
  ({ programUrl, events, store }: ClockRoutes) =>
  async (scope: FastifyInstance): Promise<void> => {
    const urlOf = (path: string): URL => {
      if (programUrl === undefined)
        throw new ControlError(503, 'no program is known whose clock could be moved');
      return new URL(path, programUrl);
    };
    const state = (): Promise<unknown> => ask(urlOf('/dev/state'), {}, stateTimeoutMs);

    const move = async (body: unknown): Promise<unknown> => {
      const payload = clockBody.parse(body);
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      };
      const moved = await ask(urlOf('/dev/clock'), init, moveTimeoutMs);
      await store.commit({ by: 'server', method: 'clock', payload, changes: [] });
      events.broadcast('clock', { now: nowOf(moved) ?? nowOf(await state()) });
      return moved;
    };

    scope.get('/clock', () => state());
    scope.post('/clock', (request) => move(request.body));
  };
