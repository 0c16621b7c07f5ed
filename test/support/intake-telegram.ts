import { Redis } from 'ioredis';
import { startSandbox, type SandboxOptions } from 'telegram-sandbox';
import { createGateway, type GatewayOptions } from '../../src/telegram/gateway.js';
import { quiet } from './intake-store.js';

export const token = '424242:intake-test-token';

const person = (id: number) => ({
  id,
  firstName: `Person ${id}`,
  languageCode: 'en' as const,
  label: { zh: '甲', en: 'A' },
  group: { zh: '组', en: 'G' },
});

/** A Bot API server with people who have all pressed Start, its budgets off unless told. */
export const openTelegram = async ({
  people = [1001, 1002],
  ...options
}: { readonly people?: readonly number[] } & Partial<Omit<SandboxOptions, 'people'>> = {}) => {
  const sandbox = await startSandbox({
    port: 0,
    token,
    limits: 'off',
    people: people.map(person),
    ...options,
  });
  const gateways: { close(): void }[] = [];
  const open = (parts: Partial<GatewayOptions> = {}) => {
    const gateway = createGateway({ token, apiRoot: sandbox.apiRoot, limits: 'off', log: quiet, ...parts });
    gateways.push(gateway);
    return gateway;
  };
  return {
    sandbox,
    openGateway: open,
    /** Everybody's Start is taken from the queue, so that only what a test sends is left. */
    async everybodyStarts() {
      for (const id of people) await sandbox.person(id).start();
      const gateway = open();
      const last = sandbox.pendingUpdates().at(-1)?.update_id ?? 0;
      await gateway.call('getUpdates', { offset: last + 1, timeout: 0 }, { urgency: 'notice' });
    },
    async close() {
      for (const gateway of gateways) gateway.close();
      await sandbox.close();
    },
  };
};

/** A connection to the run's redis-server, which must be closed by the caller. */
export const openRedis = ({
  path,
  password,
}: {
  readonly path: string;
  readonly password: string;
}): Redis => {
  const redis = new Redis({ path, password });
  redis.on('error', () => undefined);
  return redis;
};
