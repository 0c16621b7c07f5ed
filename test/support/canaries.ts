/** Cases whose names and words nobody could mistake: wherever one of them turns up, it came from there. */
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import type { TestPerson } from 'telegram-sandbox';
import { expect } from 'vitest';
import { filed, pressOn } from './case-steps.js';
import { kinds, type Kind } from '../../src/domain/taxonomy.js';
import { catalogs } from '../../src/text/catalog.js';
import { createMessages } from '../../src/store/messages.js';
import { openKeys } from '../../src/store/keys.js';
import { cast, usualMasterKeys, type Channel, type ChannelOptions } from './channel.js';
import { quiet } from './listening.js';
import { fillIn } from './reporting.js';
import reports from './reports.json' with { type: 'json' };
import { arrive } from './steps.js';

/** Who files by chat; her Telegram id, too, is one nobody could mistake. */
export const bird = { id: 7_734_501_099, firstName: 'CANARYPERSON', username: 'canary_user_7734' } as const;
export const birdFirm = 'CANARYFIRM精工有限公司';
/** A liaison with no enterprise of his own. */
export const liaison = { id: 7_734_501_098, firstName: 'Liaison', username: 'liaison_7734' } as const;

export interface CanaryCase {
  readonly id: string;
  readonly number: string;
  readonly level: 'open' | 'commission' | 'locked';
  readonly track: 'service' | 'integrity';
  /** The department that holds it, where one does. */
  readonly department: string | null;
  /** What must not be read but by those who may know who stands behind it. */
  readonly names: readonly string[];
  readonly words: string;
  /** The name of a file that came with it. */
  readonly fileName: string | null;
}

export const withCanaries: Pick<ChannelOptions, 'others' | 'organisation'> = {
  others: [bird, liaison],
  organisation: (file) => ({
    ...file,
    enterprises: [
      ...file.enterprises,
      {
        name: birdFirm,
        uscc: '91330800MA28CAN4RX',
        contacts: [bird.id],
        observationPoint: false,
        liaison: null,
      },
    ],
    commission: [...file.commission, { telegramId: liaison.id, name: 'Liaison', roles: ['liaison'] }],
  }),
};

const levels = [
  ['公开', 'open'],
  ['仅委内可见', 'commission'],
  ['锁定', 'locked'],
] as const;

const saying: Readonly<Record<Kind, string>> = {
  complaint: '扩建批复五个月没有答复',
  consultation: '想咨询一下，扩建批复需要去哪个窗口办理？',
  suggestion: '建议把扩建批复改为网上办理，希望能考虑',
  praise: '感谢审批局上门帮我们补材料，就是想表扬一下',
};

/** Hers as well, to be left alone until everything else has been pressed on: whatever it then takes begins with them. */
export const isSpare = ({ words }: CanaryCase): boolean => words.endsWith('spare');

/** Files `count` cases: six by chat, two of them dispatched and one of those signed; the others by a table of the second duty officer. */
export async function fileCanaries(channel: Channel, count: number): Promise<readonly CanaryCase[]> {
  for (const id of [bird.id, liaison.id, ...new Set(Object.values(cast))]) await arrive(channel.person(id));
  const made: Made[] = [];
  const own = [bird.firstName, bird.username, birdFirm, String(bird.id)];
  for (const [i, [confidentiality]] of levels.entries()) {
    const words = `CANARYWORD${i}chat`;
    const text = `我们厂扩建项目的环评批复材料早就交齐了，五个多月没有任何书面答复，每次去问都说在走流程。${words}`;
    const number = await filed(channel, { owner: bird.id, confidentiality, text });
    made.push({ words, names: own, fileName: null });
    if (confidentiality !== '锁定')
      await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
    if (confidentiality === '公开')
      await pressOn(channel, { person: cast.officer, number, label: '✅ 签收' });
  }
  made.push({ ...(await bribe(channel.person(bird.id))), names: own });
  for (const confidentiality of ['公开', '仅委内可见'] as const) {
    const words = `CANARYWORD${made.length}spare`;
    const text = `我们厂扩建项目的环评批复材料早就交齐了，又过了两个月还是没有任何书面答复。${words}`;
    await filed(channel, { owner: bird.id, confidentiality, text });
    made.push({ words, names: own, fileName: null });
  }
  for (let from = made.length; from < count; from += 200) {
    const rows = Array.from({ length: Math.min(200, count - from) }, (_, i) => {
      const [level] = levels[i % 3] ?? levels[0];
      // The first rows go to the department; of what is no complaint there is one each.
      const kind = kinds[i - levels.length] ?? 'complaint';
      const row = {
        words: `CANARYWORD${from + i}row`,
        names: [`CANARYFIRM${from + i}row`],
        fileName: null,
      };
      made.push(row);
      return `${row.names[0]}有限公司,${saying[kind]} ${row.words},行政审批,${level}`;
    });
    const importer = channel.person(cast.secondDuty);
    const since = importer.mark();
    const bytes = Buffer.from(['企业,诉求,领域,保密', ...rows].join('\r\n'));
    await importer.document({ name: `cases${from}.csv`, mimeType: 'text/csv', bytes });
    const preview = await importer.waitFor(/共 \d+ 件/, { since });
    await importer.press('📨 确认提交', { message: preview, timeoutMs: 300_000 });
  }
  await expect
    .poll(async () => await channel.connection().collection('cases').countDocuments(), { timeout: 600_000 })
    .toBe(count);
  await quiet(channel, 600_000);
  const all = await known(channel, made);
  // One of each level from the table goes to the department, each with a name of its own.
  for (const [, level] of levels) {
    const one = all.find((c) => c.level === level && c.words.endsWith('row'));
    if (!one) continue;
    await channel.person(cast.duty).say(`/case ${one.number}`);
    await pressOn(channel, { person: cast.duty, number: one.number, label: '📮 交办 审批局' });
  }
  await quiet(channel);
  return await known(channel, made);
}

type Made = Pick<CanaryCase, 'words' | 'names' | 'fileName'>;

/** A report about a bribe, with a file whose name and caption say something as well. */
async function bribe(person: TestPerson): Promise<Pick<CanaryCase, 'words' | 'fileName'>> {
  const [words, fileName] = ['CANARYWORD3chat', 'CANARYFILE3chat'];
  const since = person.mark();
  await person.say(reports[3]?.text ?? '');
  await fillIn(person, { until: 'files', since });
  const bytes = Buffer.from('%PDF-1.4\n%%EOF\n');
  const added = person.mark();
  await person.document({ name: `${fileName}.pdf`, mimeType: 'application/pdf', bytes, caption: words });
  await person.waitFor(/有照片、文件/, { since: added });
  const { screen } = await fillIn(person, { until: 'consent', since: added, confidentiality: '公开' });
  await person.press(catalogs.zh.buttons.send, { message: screen });
  return { words, fileName };
}

type Row = { _id: string; confidentiality: CanaryCase['level'] } & Pick<
  CanaryCase,
  'number' | 'track' | 'department'
>;

/** Which case a canary lives in stands only in its sealed report. */
async function known(channel: Channel, made: readonly Made[]): Promise<readonly CanaryCase[]> {
  const connection = channel.connection();
  const rows = await connection.collection<Row>('cases').find().toArray();
  const messages = createMessages(connection, await openKeys(connection, usualMasterKeys));
  const reports = await messages.reportsOf(rows.map(({ _id }) => _id));
  return rows.map(({ _id: id, number, track, department, confidentiality: level }) => {
    const text = reports.get(id)?.text ?? '';
    const canary = made.find(({ words }) => text.includes(words));
    if (!canary) throw new Error(`no canary in ${number}`);
    return { id, number, track, department, level, ...canary };
  });
}

/** Everything the document store holds, as text. */
export async function databaseText(channel: Channel): Promise<string> {
  const { db } = channel.connection();
  const parts: string[] = [];
  for (const { name } of (await db?.listCollections().toArray()) ?? [])
    for (const doc of (await db?.collection(name).find().toArray()) ?? [])
      parts.push(name, JSON.stringify(doc));
  return parts.join('\n');
}

const run = promisify(execFile);

/** What the operator's backup holds: the dump that docs/operator.md tells him to make. */
export async function backupText(mongoUri: string): Promise<string> {
  const cli = createRequire(import.meta.url).resolve('embedded-mongo/cli');
  const { stdout } = await run(process.execPath, [cli, 'dump', mongoUri], { maxBuffer: 2 ** 30 });
  return stdout;
}

/** Every file of a folder, byte by byte. */
export async function folderText(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) parts.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  return parts.join('\n');
}

/** Everything redis-server holds and everything it wrote down: keys, payloads of queues, the append-only file. */
export async function redisText(redis: Redis): Promise<string> {
  const parts: string[] = [];
  for await (const keys of redis.scanStream({ count: 1_000 }))
    for (const key of keys as readonly string[])
      parts.push(key, (await redis.dumpBuffer(key))?.toString('latin1') ?? '');
  const [, folder = ''] = await redis.config('GET', 'dir');
  parts.push(await folderText(folder));
  return parts.join('\n');
}
