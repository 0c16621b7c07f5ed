#!/usr/bin/env node
/** `npm run keys -- status|migrate|rotate`: the keys of a store, beside the running program (docs/operator.md). */
import { ConfigError, loadConfig, readEnvironment } from './config.js';
import { createLog, withoutSecrets } from './log.js';
import { connectStore, ensureIndexes, type Connection } from './store/connect.js';
import { openKeys, type Keys } from './store/keys.js';
import { countMisplaced, resealAll } from './store/reseal.js';

const commands = ['status', 'migrate', 'rotate'] as const;
type Command = (typeof commands)[number];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Texts an earlier version sealed move under their own keys; then its key is forgotten. */
async function migrate(connection: Connection, keys: Keys): Promise<void> {
  const done = await resealAll(connection, keys, (count) => say(`texts sealed anew: ${count}`));
  // What the program wrote with the earlier key meanwhile is found by the second look.
  const left = done === 0 ? 0 : await countMisplaced(connection, keys);
  if (left > 0) return await migrate(connection, keys);
  await keys.forgetOlder();
}

/** Every key is wrapped by DATA_KEY; what DATA_KEY_OLD wraps becomes less with every line, and nothing at the end. */
async function rotate(keys: Keys): Promise<void> {
  do say(`keys still wrapped by the old key: ${await keys.wrappedByOthers()}`);
  while ((await keys.rewrap()) > 0);
}

async function status(connection: Connection, keys: Keys): Promise<void> {
  const [byOthers, misplaced] = await Promise.all([keys.wrappedByOthers(), countMisplaced(connection, keys)]);
  say(`keys still wrapped by the old key: ${byOthers}`);
  say(`texts still sealed by an earlier version: ${misplaced}`);
  if (byOthers > 0) say('DATA_KEY_OLD is still needed: npm run keys -- rotate');
  else say(misplaced > 0 ? 'Still to be moved: npm run keys -- migrate' : 'DATA_KEY alone is enough.');
}

async function run(command: Command): Promise<void> {
  const config = loadConfig(readEnvironment());
  const { mongodbUri, dataKey, oldDataKey } = config;
  if (mongodbUri === undefined || dataKey === undefined)
    throw new ConfigError(['MONGODB_URI and DATA_KEY are needed: they name the store and its key']);
  const connection = await connectStore(mongodbUri, { log: createLog(config.logLevel) });
  try {
    const keys = await openKeys(connection, { current: dataKey, old: oldDataKey });
    await ensureIndexes(connection);
    if (command !== 'status') await migrate(connection, keys);
    if (command === 'rotate') await rotate(keys);
    await status(connection, keys);
  } finally {
    await connection.close();
  }
}

try {
  const command = commands.find((name) => name === process.argv[2]);
  if (!command) throw new ConfigError([`say one of: ${commands.join(', ')}`]);
  await run(command);
} catch (error) {
  const forTheReader = error instanceof Error && ['ConfigError', 'KeyError'].includes(error.name);
  const said = error instanceof Error && forTheReader ? error.message : String(error);
  process.stderr.write(`${withoutSecrets(said)}\n`);
  process.exitCode = 1;
}
