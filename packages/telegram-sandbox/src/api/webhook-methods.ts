import { z } from 'zod';
import { badRequest } from '../errors.js';
import { flag, json, whole, words } from '../schema/fields.js';
import type { Change } from '../state/change.js';
import { updateTypes } from '../updates/allowed.js';
import type { WebhookHealth } from '../updates/webhook.js';
import { method, type Method } from './method.js';

/** allowed_updates, for the webhook and for polling; unknown names are refused (Telegram would ignore them). */
export const allowedUpdates = json(
  z.array(z.enum(updateTypes, { error: 'unknown update type in allowed_updates' })),
);

const checkUrl = (url: string): void => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) throw badRequest('invalid webhook URL specified');
  if (!['http:', 'https:'].includes(parsed.protocol))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
};

const checkSecret = (secret: string): void => {
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
};

const dropPending = (isWanted: boolean | undefined): readonly Change[] =>
  isWanted ? [{ kind: 'confirm', before: Number.MAX_SAFE_INTEGER }] : [];

const setWebhook = method(
  'setWebhook',
  z.strictObject({
    url: words.optional(),
    certificate: z.undefined().optional(),
    ip_address: words.optional(),
    max_connections: whole.optional(),
    allowed_updates: allowedUpdates.optional(),
    drop_pending_updates: flag.optional(),
    secret_token: words.optional(),
  }),
  ({ params }) => {
    const {
      url = '',
      secret_token: secretToken,
      ip_address: ipAddress,
      max_connections: maxConnections = 40,
    } = params;
    if (maxConnections < 1 || maxConnections > 100)
      throw badRequest('max_connections must be between 1 and 100');
    if (secretToken !== undefined) checkSecret(secretToken);
    if (url !== '') checkUrl(url);
    const webhook = url === '' ? null : { url, secretToken, ipAddress, maxConnections };
    const allowed: Change[] = params.allowed_updates
      ? [{ kind: 'allowed', allowed: params.allowed_updates }]
      : [];
    return {
      result: true,
      changes: [{ kind: 'webhook', webhook }, ...allowed, ...dropPending(params.drop_pending_updates)],
    };
  },
);

const deleteWebhook = method(
  'deleteWebhook',
  z.strictObject({ drop_pending_updates: flag.optional() }),
  ({ params }) => ({
    result: true,
    changes: [{ kind: 'webhook', webhook: null }, ...dropPending(params.drop_pending_updates)],
  }),
);

/** The webhook's methods; `health` tells how deliveries have gone. */
export const webhookMethods = (health: () => WebhookHealth): readonly Method[] => [
  setWebhook,
  deleteWebhook,
  method('getWebhookInfo', z.strictObject({}), ({ world }) => {
    const { webhook, pending, allowed } = world;
    const { lastErrorAt, lastError } = health();
    const base = {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: pending.length,
    };
    if (!webhook) return { result: base };
    const failure =
      lastErrorAt === undefined
        ? {}
        : { last_error_date: Math.floor(lastErrorAt / 1000), last_error_message: lastError };
    const list = allowed.length > 0 ? { allowed_updates: allowed } : {};
    const more = {
      max_connections: webhook.maxConnections,
      ip_address: webhook.ipAddress,
      ...list,
      ...failure,
    };
    return { result: { ...base, ...more } };
  }),
];
