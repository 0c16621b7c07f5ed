import type { Gateway, Sent } from './gateway.js';
import { allowedUpdates } from './intake.js';

export interface WebhookRegistration {
  /** The public address, https; its path is the route. */
  readonly url: string;
  /** 1–256 characters of `A-Za-z0-9_-`, sent back by Telegram in a header with every update. */
  readonly secret: string;
  /** Deliveries at once, 1–100. */
  readonly maxConnections?: number;
}

/** Tells Telegram where to deliver updates; done at every start, since it replaces what was there. */
export const registerWebhook = (
  gateway: Pick<Gateway, 'call'>,
  { url, secret, maxConnections = 40 }: WebhookRegistration,
): Promise<Sent<true>> =>
  gateway.call<true>(
    'setWebhook',
    { url, secret_token: secret, max_connections: maxConnections, allowed_updates: allowedUpdates },
    { urgency: 'notice' },
  );
