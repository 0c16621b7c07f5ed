import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Log } from '../log.js';
import type { Readiness } from '../readiness.js';
import { addDevRoutes, type DevRoutes } from './dev-routes.js';
import { addWebhookRoute, type WebhookRoute } from './webhook-route.js';

export interface HttpOptions {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
  readonly webhook?: WebhookRoute;
  /** Given only when business time may be moved (rules §7). */
  readonly dev?: DevRoutes;
  readonly log: Log;
}

const largestBodyBytes = 1024 * 1024;

/** Builds the program's HTTP side (rules §7); the caller listens and closes. */
export const createHttp = ({ readiness, metrics, webhook, dev, log }: HttpOptions): FastifyInstance => {
  const http = fastify({
    logger: false,
    bodyLimit: largestBodyBytes,
    requestTimeout: 30_000,
    // Open keep-alive connections must not hold up the end of the program.
    forceCloseConnections: 'idle',
  });

  http.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('a request failed', { status, error });
    // No words of the error: they can quote what was sent.
    return reply
      .code(status)
      .send({ error: status < 500 ? 'the request is not usable' : 'something went wrong' });
  });

  http.get('/healthz', () => ({ ok: true }));

  http.get('/readyz', async (_request, reply) => {
    const answer = await readiness();
    return reply.code(answer.ready ? 200 : 503).send(answer);
  });

  http.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );

  if (webhook !== undefined) addWebhookRoute(http, webhook, log);
  if (dev !== undefined) addDevRoutes(http, dev);
  return http;
};
