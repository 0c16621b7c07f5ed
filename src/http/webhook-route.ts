import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../log.js';
import { isRawUpdate, type RawUpdate } from '../telegram/intake.js';

export interface WebhookRoute {
  readonly path: string;
  readonly secret: string;
  /** Resolves once the update is stored; rejecting makes Telegram deliver it again. */
  readonly accept: (update: RawUpdate) => Promise<void>;
  /** While true nothing is taken: Telegram keeps it and comes again. */
  readonly isFull: () => Promise<boolean>;
}

/** Telegram's own pauses grow; whoever heeds this comes back when a count may have changed. */
const retryAfterSeconds = 5;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Adds the route that Telegram delivers to: 200 once stored, 503 when not, 401 without the secret. */
export const addWebhookRoute = (
  http: FastifyInstance,
  { path, secret, accept, isFull }: WebhookRoute,
  log: Log,
): void => {
  const expected = digest(secret);

  http.post(path, {
    // Before the body is read: whoever does not know the secret costs no memory.
    onRequest: async (request, reply) => {
      const given = request.headers['x-telegram-bot-api-secret-token'];
      if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected)) {
        return reply
          .code(401)
          .header('connection', 'close')
          .send({ error: 'the secret is missing or wrong' });
      }
      return undefined;
    },
    handler: async (request, reply) => {
      if (!isRawUpdate(request.body)) return reply.code(400).send({ error: 'this is not an update' });
      const later = (why: string): FastifyReply =>
        reply.code(503).header('retry-after', retryAfterSeconds).send({ error: why });
      try {
        if (await isFull()) return await later('too much waits, try again');
        await accept(request.body);
      } catch (error) {
        log.error('an update could not be stored', { updateId: request.body.update_id, error });
        return later('not stored, try again');
      }
      return { ok: true };
    },
  });
};
