import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.map': 'application/json',
};

const policy =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

const headers = {
  'content-security-policy': policy,
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
};

const missing =
  '<!doctype html><meta charset="utf-8"><title>Sandbox</title><p>The page is not built yet: run <code>npm run build</code>.</p>';

/** Where the built page lies: dist/web, from dist as well as from src. */
const webFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));

const sendFile = async (reply: FastifyReply, path: string): Promise<FastifyReply> => {
  const content = await readFile(path).catch(() => undefined);
  if (content)
    return reply
      .headers(headers)
      .type(types[extname(path)] ?? 'application/octet-stream')
      .send(content);
  if (path.endsWith('index.html'))
    return reply.headers(headers).type('text/html; charset=utf-8').send(missing);
  return reply.code(404).send({ error: 'there is no such file' });
};

/** / and /assets/*: the web page. Only plain file names are served, so no path leads out of the folder. */
export const pageRoutes = async (scope: FastifyInstance): Promise<void> => {
  scope.get('/', (_request, reply) => sendFile(reply, join(webFolder, 'index.html')));
  scope.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const { name } = request.params;
    if (!/^[\w-][\w.-]*$/.test(name)) return reply.code(404).send({ error: 'there is no such file' });
    return sendFile(reply, join(webFolder, name));
  });
};
