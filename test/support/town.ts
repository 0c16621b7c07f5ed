/** Several built programs, each a process of its own, on one store, one Redis and one Telegram. */
import { startSandbox, type Sandbox, type TestPerson } from 'telegram-sandbox';
import { startProgram, type Program } from './program.js';
import { freshServices, type TestServices } from './services.js';
import { openTcpDoor } from './tcp-door.js';

const token = '7001:sandbox-token-for-tests-0123456789abcdef';

export interface Town {
  readonly sandbox: Sandbox;
  readonly services: TestServices;
  readonly person: (id: number) => TestPerson;
  /** Starts one more program; all that still live are ended by `close`. */
  readonly start: (env?: Readonly<Record<string, string | undefined>>) => Promise<Program>;
  readonly close: () => Promise<void>;
}

export async function openTown(people: readonly number[]): Promise<Town> {
  const services = freshServices();
  const redis = await openTcpDoor(services.redis.path);
  const sandbox = await startSandbox({
    port: 0,
    token,
    limits: 'off',
    people: people.map((id) => ({
      id,
      firstName: `P${id}`,
      languageCode: 'zh-hans',
      label: { zh: String(id), en: String(id) },
      group: { zh: '测试', en: 'Test' },
    })),
  });
  const programs: Program[] = [];
  return {
    sandbox,
    services,
    person: (id) => sandbox.person(id),
    async start(env = {}) {
      const program = await startProgram({
        dataDir: '/nonexistent',
        env: {
          BOT_TOKEN: token,
          TELEGRAM_API_ROOT: sandbox.apiRoot,
          MONGODB_URI: services.mongoUri,
          REDIS_URL: `redis://:${services.redis.password}@127.0.0.1:${redis.port}`,
          DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
          TIME_TRAVEL: '1',
          ...env,
        },
      });
      programs.push(program);
      return program;
    },
    async close() {
      await Promise.all(programs.map((program) => program.kill()));
      await sandbox.close();
      await redis.close();
    },
  };
}
