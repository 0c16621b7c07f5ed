import { startSandbox, type Sandbox, type SandboxOptions, type SandboxPerson } from '../src/index.js';

export const token = '7000:sandbox-test_token';

export const somebody = (id: number, languageCode: 'zh-hans' | 'en' = 'zh-hans'): SandboxPerson => ({
  id,
  firstName: `Person ${id}`,
  username: `person_${id}`,
  languageCode,
  label: { zh: '企业主一', en: 'Owner 1' },
  group: { zh: '企业', en: 'Enterprise' },
});

export type Answer = {
  readonly status: number;
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
};

export type Bed = {
  readonly sandbox: Sandbox;
  /** Calls a method with a JSON body. */
  call(method: string, params?: Record<string, unknown>): Promise<Answer>;
  /** Calls a method with a multipart form; Blobs become files. */
  form(method: string, fields: Record<string, string | Blob>): Promise<Answer>;
  control(path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
};

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  ...((await response.json()) as Omit<Answer, 'status'>),
});

/** A sandbox in memory with people 1001, 1002 (started) and 1003 (never started), without limits. */
export const makeBed = async (options: Partial<SandboxOptions> = {}): Promise<Bed> => {
  const people = [somebody(1001), somebody(1002, 'en'), somebody(1003)];
  const sandbox = await startSandbox({ port: 0, token, people, limits: 'off', ...options });
  const url = (method: string): string => `${sandbox.apiRoot}/bot${token}/${method}`;
  return {
    sandbox,
    call: async (method, params = {}) =>
      answerOf(
        await fetch(url(method), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(params),
        }),
      ),
    form: async (method, fields) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      return answerOf(await fetch(url(method), { method: 'POST', body }));
    },
    control: async (path, body) => {
      const init =
        body === undefined
          ? {}
          : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.url}/sandbox${path}`, init);
      return { status: response.status, body: await response.json() };
    },
  };
};

/** Asks the sandbox to start both ordinary people. */
export const startPeople = async ({ sandbox }: Bed): Promise<void> => {
  await sandbox.person(1001).start();
  await sandbox.person(1002).start();
};
