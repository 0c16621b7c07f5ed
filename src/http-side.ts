import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Actions } from './actions/index.js';
import type { Background } from './background.js';
import type { Clock } from './clock.js';
import type { DevRoutes } from './http/dev-routes.js';
import { createHttp } from './http/server.js';
import type { Log } from './log.js';
import type { Queries } from './queries/index.js';
import { judge } from './readiness.js';
import type { WebhookRegistration } from './telegram/webhook.js';
import type { Vitals } from './vitals.js';
import type { WayIn } from './way-in.js';

export interface HttpSideDeps {
  readonly vitals: () => Promise<Vitals>;
  readonly metrics: Registry;
  /** Undefined where no updates are pushed to this process. */
  readonly webhook: WebhookRegistration | undefined;
  readonly wayIn: Pick<WayIn, 'accept' | 'isFull'>;
  /** Given only when business time may be moved (rules §7). */
  readonly dev: DevDeps | undefined;
  readonly log: Log;
}

interface DevDeps {
  readonly actions: Pick<Actions, 'moveClock'>;
  readonly queries: Pick<Queries, 'counts' | 'nextWakes'>;
  readonly background: Background;
  readonly clock: Clock;
  readonly timeZone: string;
}

const shownWakes = 3;

/** What the program answers over HTTP (rules §7): health, metrics, the webhook, and the clock of a trial. */
export const createHttpSide = ({
  vitals,
  metrics,
  webhook,
  wayIn,
  dev,
  log,
}: HttpSideDeps): FastifyInstance =>
  createHttp({
    log,
    metrics,
    readiness: async () => judge(await vitals()),
    ...(webhook && {
      webhook: {
        path: new URL(webhook.url).pathname,
        secret: webhook.secret,
        accept: wayIn.accept,
        isFull: wayIn.isFull,
      },
    }),
    ...(dev && { dev: devRoutes(dev) }),
  });

const devRoutes = ({ actions, queries, background, clock, timeZone }: DevDeps): DevRoutes => ({
  moveClock: async (move) => {
    const now = await actions.moveClock(move);
    await background.idle();
    return { now };
  },
  state: async () => {
    await clock.refresh();
    return {
      now: clock.now(),
      ...(await queries.counts()),
      next: await queries.nextWakes(shownWakes),
      timeZone,
    };
  },
});
