import { timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiRequest, Dispatch } from '../api/dispatch.js';
import { ApiError, tooMany } from '../errors.js';
import { takesAnswer, type FaultRule, type Faults } from '../faults.js';
import type { FileBytes } from '../state/file-bytes.js';
import type { World } from '../state/world.js';
import type { Polling } from '../updates/polling.js';
import { readBotRequest, registerBodyParsers, toApiError } from './bot-request.js';

export type BotRoutes = {
  readonly token: string;
  readonly world: World;
  readonly bytes: FileBytes;
  readonly dispatch: Dispatch;
  readonly polling: Polling;
  readonly faults: Faults;
};

const bodyLimitBytes = 52 * 1024 * 1024;
const fileLimitBytes = 50 * 1024 * 1024;

const checkToken = (given: string, token: string): void => {
  if (!/^\d+:[\w-]+$/.test(given)) throw new ApiError(404, 'Not Found');
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new ApiError(401, 'Unauthorized');
};

const sendError = (reply: FastifyReply, error: ApiError): FastifyReply => {
  const { code, description, parameters } = error;
  const pause = parameters?.retry_after;
  const headers = pause === undefined ? {} : { 'retry-after': pause };
  return reply.code(code).headers(headers).send({ ok: false, error_code: code, description, parameters });
};

const goneSignal = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  reply.raw.on('close', () => controller.abort());
  return controller.signal;
};

/** Takes the answer away from the server: what happens to the connection is ours to decide. */
const takeOver = (reply: FastifyReply): void => {
  const { raw } = reply.hijack();
  raw.shouldKeepAlive = false;
};

/** Cuts the connection without an answer. */
const cut = (request: FastifyRequest, reply: FastifyReply): void => {
  takeOver(reply);
  request.raw.socket.destroy();
};

const numericChat = (params: ApiRequest['params']): number | undefined => {
  const id = Number(params['chat_id']);
  return Number.isInteger(id) && params['chat_id'] !== undefined ? id : undefined;
};

type Strike = 'go' | 'gone';

const strikeBefore = async (
  rule: FaultRule | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Strike> => {
  if (rule?.kind === 'latency') await delay(rule.ms ?? 1000);
  if (rule?.kind === '5xx') throw new ApiError(502, 'Bad Gateway');
  if (rule?.kind === '429') throw tooMany(rule.retryAfter ?? 1);
  if (rule?.kind === 'dropBefore' || rule?.kind === 'outage') cut(request, reply);
  // A half-open connection: nothing comes back, nothing closes.
  if (rule?.kind === 'hangBefore') takeOver(reply);
  return reply.sent ? 'gone' : 'go';
};

const strikeAfter = (rule: FaultRule | undefined, request: FastifyRequest, reply: FastifyReply): Strike => {
  if (rule?.kind === 'dropAfter') cut(request, reply);
  if (rule?.kind === 'hangAfter') takeOver(reply);
  if (rule?.kind === '5xxAfter') throw new ApiError(502, 'Bad Gateway');
  return reply.sent ? 'gone' : 'go';
};

/** Of a message, or of an album. */
const messageIdsIn = (result: unknown): readonly number[] =>
  [result].flat().flatMap((one) => {
    const id: unknown =
      typeof one === 'object' && one !== null && 'message_id' in one ? one.message_id : undefined;
    return typeof id === 'number' ? [id] : [];
  });

/** /bot<token>/<method> and /file/bot<token>/<path>: the Bot API as clients know it. */
export const botRoutes =
  ({ token, world, bytes, dispatch, polling, faults }: BotRoutes) =>
  async (scope: FastifyInstance): Promise<void> => {
    registerBodyParsers(scope);
    await scope.register(multipart, {
      limits: { fileSize: fileLimitBytes, files: 30, fieldSize: 1024 * 1024 },
    });
    scope.setErrorHandler((error, _request, reply) => sendError(reply, toApiError(error)));

    scope.route<{ Params: { token: string; method: string } }>({
      method: ['GET', 'POST'],
      url: '/bot:token/:method',
      bodyLimit: bodyLimitBytes,
      handler: async (request, reply) => {
        checkToken(request.params.token, token);
        const call = await readBotRequest(request, request.params.method);
        const rule = faults.strike({ method: call.method, chatId: numericChat(call.params) });
        if ((await strikeBefore(rule, request, reply)) === 'gone') return reply;
        const isPoll = call.method.toLowerCase() === 'getupdates';
        const result = isPoll ? await polling.poll(call.params, goneSignal(reply)) : await dispatch(call);
        if (rule && takesAnswer.has(rule.kind)) for (const id of messageIdsIn(result)) faults.noteLost(id);
        if (strikeAfter(rule, request, reply) === 'gone') return reply;
        return reply.send({ ok: true, result });
      },
    });

    scope.get<{ Params: { token: string; '*': string } }>('/file/bot:token/*', async (request, reply) => {
      checkToken(request.params.token, token);
      const path = request.params['*'];
      const file = [...world.files.values()].find((one) => one.path === path);
      const content = file && (await bytes.get(file.bytesId));
      if (!file || !content) throw new ApiError(404, 'Not Found');
      return reply.type('application/octet-stream').send(content);
    });
  };
