#!/usr/bin/env node
/** `npm run audit -- verify`: walks the audit chain of a store and holds it against what was carried outside (docs/operator.md). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anchorFileName, readAnchors } from './anchor-file.js';
import { verifyChain, type Finding, type GivenAnchor, type Verified } from './audit-chain.js';
import { ConfigError, loadConfig, readEnvironment, type Config } from './config.js';
import { canonicalEntry, chainedBy, changesOf, type AuditFact } from './domain/audit.js';
import { createLog, type Log } from './log.js';
import { createAudit, type Audit } from './store/audit.js';
import { createCaseWork } from './store/case-work.js';
import { connectStore, type Connection } from './store/connect.js';
import { openKeys } from './store/keys.js';

const usage =
  'npm run audit -- verify [--anchors FILE]… [--head NUMBER:FINGERPRINT]…\n' +
  `Without --anchors the file ${anchorFileName} in DATA_DIR is read.`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Asked {
  readonly files: readonly string[];
  readonly heads: readonly GivenAnchor[];
}

function askedFor(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { anchors: { type: 'string', multiple: true }, head: { type: 'string', multiple: true } },
  });
  const heads = (values.head ?? []).map((text): GivenAnchor => {
    const [, seq, hash = ''] = /^(\d+):([\w-]{43})$/.exec(text) ?? [];
    if (seq === undefined) throw new ConfigError(['--head is a number, a colon and a fingerprint']);
    return { seq: Number(seq), hash };
  });
  if (positionals.join(' ') !== 'verify') throw new ConfigError([usage]);
  return { files: values.anchors ?? [], heads };
}

const said: Readonly<Record<Finding['kind'], (seq: number) => string>> = {
  edited: (seq) => `entry ${seq} was changed after it was written`,
  missing: (seq) => `entries are missing before entry ${seq}`,
  torn: (seq) => `entry ${seq} does not follow from the entry before it`,
  cut: (seq) => `the chain ends before entry ${seq}, which was carried outside`,
  rewritten: (seq) => `entry ${seq} is not the one that was carried outside: the chain was rewritten`,
  'anchor-forged': (seq) => `the anchor of entry ${seq} was not made by the program`,
};

interface Compared {
  /** Cases whose own history says something else than the chain. */
  readonly differing: readonly string[];
  /** Cases with changes that are not in the chain; those of a running program may still be on their way. */
  readonly behind: readonly string[];
}

const mostOfCase = 100_000;

/** Spelt without its place; earlier versions chained who spoke for an enterprise, and erasure takes him out of the case. */
const spelt = (fact: AuditFact): string => canonicalEntry({ ...fact, by: chainedBy(fact) }, 0, '');

/** Holds what every case says about itself against the chain. */
async function compare(connection: Connection, audit: Audit): Promise<Compared> {
  const differing: string[] = [];
  const behind: string[] = [];
  for await (const c of createCaseWork(connection).histories()) {
    const chained = await audit.page({ by: 'case', caseId: c.id }, null, mostOfCase);
    const links = new Map(chained.map((entry) => [entry.id, spelt(entry)]));
    const facts = changesOf(c, -1);
    if (facts.some((fact) => !links.has(fact.id))) behind.push(c.number);
    if (facts.some((fact) => links.has(fact.id) && links.get(fact.id) !== spelt(fact)))
      differing.push(c.number);
  }
  return { differing, behind };
}

/** Gives the exit code: 0 it is whole, 1 it is not, 2 there was nothing to check. */
function report({ entries, head, anchors, findings }: Verified, { differing, behind }: Compared): number {
  say(`${entries} entries, ${anchors} heads from outside; the head is ${head.seq}:${head.hash}`);
  for (const { kind, seq } of findings) say(`✗ ${said[kind](seq)}`);
  for (const number of differing) say(`✗ the history of ${number} is not what the chain says of it`);
  for (const number of behind) say(`· ${number} has changed and the chain does not say so (yet)`);
  if (anchors === 0)
    say('· nothing from outside to hold it against: a tail that was cut off would not be seen');
  const count = findings.length + differing.length;
  if (entries === 0 && count === 0) {
    say('· nothing to check: this store has no entry. Is it the one you meant (DATA_DIR, MONGODB_URI)?');
    return 2;
  }
  say(count === 0 ? '✓ the chain is whole' : `✗ findings: ${count}`);
  return count === 0 ? 0 : 1;
}

async function open(config: Config, log: Log) {
  const { mongodbUri, dataKey, dataDir } = config;
  if (mongodbUri !== undefined && dataKey !== undefined)
    return { mongoUri: mongodbUri, dataKey, stop: async () => {} };
  const { startStoreAlone } = await import('./embedded/store-alone.js');
  return await startStoreAlone(dataDir, log);
}

async function verify({ files, heads }: Asked): Promise<number> {
  const config = loadConfig(readEnvironment());
  const usual = join(config.dataDir, anchorFileName);
  const given = files.length > 0 ? files : existsSync(usual) ? [usual] : [];
  const anchors = [...(await Promise.all(given.map(readAnchors))).flat(), ...heads];
  const log = createLog(config.logLevel);
  const opened = await open(config, log);
  try {
    const connection = await connectStore(opened.mongoUri, { log });
    try {
      const { seal } = await openKeys(connection, { current: opened.dataKey, old: config.oldDataKey });
      const audit = createAudit(connection, seal);
      return report(await verifyChain(seal, audit.all(), anchors), await compare(connection, audit));
    } finally {
      await connection.close();
    }
  } finally {
    await opened.stop();
  }
}

try {
  process.exitCode = await verify(askedFor(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
