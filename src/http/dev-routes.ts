import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseClockMove, type ClockMove } from './clock-move.js';

export interface DevRoutes {
  /** Moves business time; resolves with the new time when what fell due was handed to delivery (rules §7). */
  readonly moveClock: (move: ClockMove) => Promise<{ readonly now: Date }>;
  readonly state: () => Promise<DevState>;
}

export interface DevState {
  readonly now: Date;
  readonly cases: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
  /** Sends that died between request and record. */
  readonly ambiguous: number;
  readonly deadLetters: number;
  /** What will happen by itself next, the earliest first. */
  readonly next: readonly { readonly at: Date; readonly what: string }[];
  readonly timeZone: string;
}

/** Adds `/dev/clock` and `/dev/state` for callers on this machine; everybody else finds nothing there. */
export const addDevRoutes = (http: FastifyInstance, { moveClock, state }: DevRoutes): void => {
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
    isFromThisMachine(request) ? undefined : reply.code(404).send({ error: 'there is nothing here' });

  http.get('/dev/state', { onRequest }, () => state());

  http.post('/dev/clock', { onRequest }, async (request, reply) => {
    const move = parseClockMove(request.body);
    if ('mistake' in move) return reply.code(400).send({ error: move.mistake });
    const { now } = await moveClock(move);
    return { now };
  });
};

// A proxy on this machine makes strangers look local, but it says whom it speaks for; a web page of another
// origin says where it comes from.
const isFromThisMachine = ({ socket, headers }: FastifyRequest): boolean => {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  if (headers.origin !== undefined && !isLoopback(hostOf(headers.origin))) return false;
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(hostOf(`http://${headers.host ?? ''}`));
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '').replace(/^::ffff:/, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
};
