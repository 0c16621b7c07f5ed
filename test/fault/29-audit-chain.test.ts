/** The audit chain: what people do, see and are refused is in it; whoever edits, cuts, reorders or rewrites it is found out. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAnchors } from '../../src/anchor-file.js';
import { beginning, linkOf, verifyChain, type Finding, type GivenAnchor } from '../../src/audit-chain.js';
import { lookFact, type AuditEntry } from '../../src/domain/audit.js';
import { createLog } from '../../src/log.js';
import { createSeal, type Seal } from '../../src/seal.js';
import { createAudit } from '../../src/store/audit.js';
import { connectStore, type Connection } from '../../src/store/connect.js';
import { openKeys } from '../../src/store/keys.js';
import { contacted } from '../support/case-steps.js';
import { cast, startChannel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, duty, supervisor } = cast;
const dataKey = Buffer.alloc(32, 7);
let seal: Seal;

type Stored = Omit<AuditEntry, 'seq' | 'id'> & { readonly _id: number; readonly event: string };

let folder = '';
let mongoUri = '';
let connection: Connection;
let anchors: readonly GivenAnchor[] = [];
let intact: readonly Stored[] = [];
let audit: ReturnType<typeof createAudit>;

const chain = () => connection.collection<Stored>('audit');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-audit-'));
});
afterAll(async () => {
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

/** The chain as it stood when the program wrote it, before each attempt on it. */
beforeEach(async () => {
  if (intact.length === 0) return;
  await chain().deleteMany({});
  await chain().insertMany([...intact]);
});

const findings = async (given = anchors): Promise<readonly Finding[]> =>
  (await verifyChain(seal, audit.all(), given)).findings;
const last = (): Stored => intact.at(-1) ?? expect.fail('the chain is empty');

test('what happened is in the chain, once and in order, without a name or a word of anybody', async () => {
  const channel = await startChannel({ schedules: ['anchor'], anchorFile: join(folder, 'anchors.jsonl') });
  try {
    for (const id of [owner, officer, duty, supervisor]) await arrive(channel.person(id));
    const number = await contacted(channel);
    await channel.advance('PT2H');
    await channel.person(supervisor).say(`/case ${number}`);
    await quiet(channel);
    await channel.advance('PT2H');
  } finally {
    await channel.stop();
  }
  mongoUri = channel.services.mongoUri;
  connection = await connectStore(mongoUri, { log: createLog('error') });
  ({ seal } = await openKeys(connection, { current: dataKey }));
  audit = createAudit(connection, seal);
  anchors = await readAnchors(join(folder, 'anchors.jsonl'));
  intact = await chain().find().sort({ _id: 1 }).toArray();
  expect(await findings()).toEqual([]);
  expect(anchors.length).toBeGreaterThanOrEqual(2);
  const c = await connection.collection('cases').findOne({});
  const history = (c?.['history'] ?? []) as readonly { readonly rev: number; readonly transition: string }[];
  const changes = intact.filter(({ kind }) => kind === 'change');
  expect(changes.map(({ what, rev }) => [what, rev])).toEqual(
    history.map((one) => [one.transition, one.rev]),
  );
  const looks = intact.filter(({ kind }) => kind === 'look');
  expect(looks.some(({ what, role }) => what === 'identity' && role === 'duty')).toBe(true);
  expect(looks.some(({ role }) => role === 'officer' || role === 'enterprise')).toBe(false);
  const written = JSON.stringify(intact);
  for (const word of ['江城精工', 'P1001', 'P3001', '环评']) expect(written, word).not.toContain(word);
});

test('an entry that was edited is found', async () => {
  const entry = intact[3] ?? last();
  await chain().updateOne({ _id: entry._id }, { $set: { by: 'somebody-else' } });
  expect(await findings()).toEqual([{ kind: 'edited', seq: entry._id }]);
});

test('entries that were cut out of the middle are found', async () => {
  await chain().deleteMany({ _id: { $in: [3, 4] } });
  expect(await findings([])).toEqual([{ kind: 'missing', seq: 5 }]);
});

test('a tail that was cut off is found by the anchors outside', async () => {
  await chain().deleteMany({ _id: { $gt: 5 } });
  expect(await findings([])).toEqual([]);
  expect(await findings()).toContainEqual({ kind: 'cut', seq: anchors.at(-1)?.seq });
});

test('entries that changed places are found', async () => {
  const [a, b] = [intact[2] ?? last(), intact[4] ?? last()];
  const { _id: _a, ...ofA } = a;
  const { _id: _b, ...ofB } = b;
  await chain().deleteMany({ _id: { $in: [a._id, b._id] } });
  await chain().insertMany([
    { ...ofB, _id: a._id },
    { ...ofA, _id: b._id },
  ]);
  const found = await findings([]);
  expect(found).toContainEqual({ kind: 'edited', seq: a._id });
  expect(found).toContainEqual({ kind: 'edited', seq: b._id });
});

/** What somebody could do who holds the store and the key: a chain that agrees with itself. */
const rewritten = (as: Seal): readonly Stored[] => {
  let head: { readonly seq: number; readonly hash: string } = beginning;
  return intact.map(({ _id, event, prev: _p, hash: _h, ...rest }) => {
    const changed = _id === 2 ? { ...rest, by: 'somebody-else' } : rest;
    const { seq, id, ...link } = linkOf(as, head, { id: event, ...changed });
    head = { seq, hash: link.hash };
    return { _id: seq, event: id, ...link };
  });
};

test('a chain rewritten from some entry on is found without the key by itself, with the key by the anchors', async () => {
  const write = async (docs: readonly Stored[]): Promise<void> => {
    await chain().deleteMany({});
    await chain().insertMany([...docs]);
  };
  await write(rewritten(createSeal({ dataKey: Buffer.alloc(32, 8) })));
  expect((await findings([])).length).toBeGreaterThanOrEqual(intact.length);
  await write(rewritten(seal));
  expect(await findings([])).toEqual([]);
  expect(await findings()).toContainEqual({ kind: 'rewritten', seq: anchors[0]?.seq });
});

test('an anchor that somebody made up is no anchor', async () => {
  const forged = createSeal({ dataKey: Buffer.alloc(32, 8) });
  const { seq, hash } = linkOf(forged, beginning, { ...last(), id: 'x' });
  const at = new Date();
  const given = { seq, hash, signed: { seq, hash, at, signature: 'x'.repeat(43) } };
  expect(await findings([given])).toContainEqual({ kind: 'anchor-forged', seq });
});

const command = promisify(execFile);

test('the command says what is wrong and where, and that all is well when it is', async () => {
  const env = { PATH: process.env.PATH, MONGODB_URI: mongoUri, DATA_KEY: dataKey.toString('base64') };
  const verify = async () => {
    const args = ['dist/src/audit-command.js', 'verify', '--anchors', join(folder, 'anchors.jsonl')];
    return await command(process.execPath, args, { env }).catch(
      (failed: { stdout: string; code: number }) => failed,
    );
  };
  expect((await verify()).stdout).toContain('✓ the chain is whole');
  const entry = intact.find(({ kind, what }) => kind === 'change' && what === 'sign') ?? last();
  await chain().updateOne({ _id: entry._id }, { $set: { by: 'somebody-else' } });
  await chain().deleteMany({ _id: { $gte: anchors.at(-1)?.seq ?? 0 } });
  const found = await verify();
  expect(found).toMatchObject({ code: 1 });
  expect(found.stdout).toContain(`✗ entry ${entry._id} was changed`);
  expect(found.stdout).toContain(`✗ the chain ends before entry ${anchors.at(-1)?.seq}`);
  expect(found.stdout).toMatch(/✗ the history of ZT-.* is not what the chain says/);
});

test('an empty store is no whole chain: there is nothing to check, and the command says so', async () => {
  const database = new URL(mongoUri);
  database.pathname = '/nothing_here';
  const env = { PATH: process.env.PATH, MONGODB_URI: String(database), DATA_KEY: dataKey.toString('base64') };
  const args = ['dist/src/audit-command.js', 'verify'];
  const ended = await command(process.execPath, args, { env: { ...env, DATA_DIR: folder } }).catch(
    (failed: { stdout: string; code: number }) => failed,
  );
  expect(ended).toMatchObject({ code: 2 });
  expect(ended.stdout).toContain('nothing to check');
  expect(ended.stdout).not.toContain('whole');
});

test('two writers at once, and one that was stopped in the middle, chain everything once', async () => {
  const other = createAudit(connection, seal);
  const facts = Array.from({ length: 40 }, (_, i) => ({
    ...lookFact({ personId: 'x', role: 'duty' }, { what: 'list', caseId: null }, new Date()),
    id: `look test ${i}`,
  }));
  const outcomes = await Promise.allSettled([audit.append(facts), other.append(facts)]);
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  await audit.append(facts);
  expect(await findings()).toEqual([]);
  expect(await chain().countDocuments({ event: /^look test/ })).toBe(40);
});
