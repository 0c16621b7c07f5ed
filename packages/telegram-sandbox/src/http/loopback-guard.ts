import type { FastifyInstance } from 'fastify';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Refuses requests that a foreign web page could send to this port (another host's name, another site's origin). */
export const guardLoopback = (server: FastifyInstance): void => {
  server.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    const isOwnHost = host === undefined || loopback.test(host);
    const isOwnOrigin = origin === undefined || (URL.canParse(origin) && loopback.test(new URL(origin).host));
    if (!isOwnHost || !isOwnOrigin) await reply.code(403).send({ error: 'only for pages of this machine' });
  });
};
