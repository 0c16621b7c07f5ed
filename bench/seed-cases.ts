/** Puts many cases into a store at once, as the program would have left them: sealed, searchable, counted. */
import { randomBytes } from 'node:crypto';
import { mainClock, type CaseRecord } from '../src/domain/case.js';
import { closingRows } from '../src/domain/rates/closing.js';
import { createSeal } from '../src/seal.js';
import { desksOf } from '../src/store/case-desks.js';
import type { Connection } from '../src/store/connect.js';
import type { Keys } from '../src/store/keys.js';
import { reportIdOf } from './case-lives.js';

export interface Seeding {
  readonly connection: Connection;
  readonly keys: Keys;
  /** What the store's keys are wrapped by. */
  readonly masterKey: Buffer;
}

export interface SeededCase {
  readonly c: CaseRecord;
  readonly text: string;
  /** By which it is found. */
  readonly words: readonly string[];
}

const atOnce = 500;
const noDueDate = new Date('9999-12-31T00:00:00Z');

/** Writes them batch by batch; indexes have to exist. */
export async function seedCases(seeding: Seeding, cases: Iterable<SeededCase>): Promise<void> {
  const tokens = hashing(seeding.keys);
  let batch: SeededCase[] = [];
  const write = async (): Promise<void> => {
    const rows = batch.map((one) => documentsOf(one, seeding, tokens));
    batch = [];
    for (const name of ['keys', 'messages', 'identities', 'cases', 'search_tokens', 'closings'] as const) {
      const documents: readonly object[] = rows.flatMap((row): readonly object[] => row[name]);
      if (documents.length > 0)
        await seeding.connection.collection(name).insertMany([...documents], { ordered: false });
    }
  };
  for (const one of cases) {
    batch.push(one);
    if (batch.length === atOnce) await write();
  }
  await write();
}

type Hashed = (scope: string, words: readonly string[]) => readonly string[];

/** Words come again and again. */
function hashing({ seal }: Keys): Hashed {
  const known = new Map<string, string>();
  return (scope, words) =>
    words.map((word) => {
      const key = `${scope} ${word}`;
      const hash = known.get(key) ?? seal.lookup(`search ${scope}`, word);
      known.set(key, hash);
      return hash;
    });
}

function documentsOf({ c, text, words }: SeededCase, { masterKey }: Seeding, hashed: Hashed) {
  const { id, ...rest } = c;
  const key = randomBytes(32);
  const own = createSeal({ dataKey: key });
  const master = createSeal({ dataKey: masterKey });
  const keyId = `case:${id}`;
  const reportId = reportIdOf(id);
  const found = (scope: 'commission' | 'department', departments: readonly string[]) => ({
    _id: `${id}.${scope}`,
    caseId: id,
    scope,
    reporterId: c.reporterId,
    departments,
    filedAt: c.filedAt,
    tokens: hashed(scope, words),
    moreTokens: [],
    takenFrom: JSON.stringify([c.confidentiality, departments, 0]),
  });
  const departments = c.department === null ? [] : [c.department];
  return {
    keys: [
      {
        _id: keyId,
        wrapped: master.seal({ collection: 'keys', id: keyId, field: 'wrapped' }, key.toString('base64')),
        under: master.keyId,
        madeAt: c.filedAt,
      },
    ],
    messages: [
      {
        _id: reportId,
        caseId: id,
        kind: 'report',
        side: 'enterprise',
        personId: c.reporterId,
        at: c.filedAt,
        content: own.seal({ collection: 'messages', id: reportId, field: 'content' }, { text, files: [] }),
      },
    ],
    identities: [
      {
        _id: id,
        identity: own.seal(
          { collection: 'identities', id, field: 'identity' },
          { enterpriseName: `企业${c.enterpriseId}有限公司`, contactName: '陈', username: null },
        ),
      },
    ],
    cases: [{ _id: id, ...rest, dueAt: mainClock(c)?.dueAt ?? noDueDate, desks: desksOf(c) }],
    search_tokens: [
      found('commission', departments),
      ...(departments.length > 0 ? [found('department', departments)] : []),
    ],
    closings: closingRows(c).map((row) => ({ _id: `${id}.${row.ordinal}`, ...row, rev: c.rev })),
  };
}
