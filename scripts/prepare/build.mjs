import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPrepare, root, run, step, tail } from './progress.mjs';

const stampFile = join(root, 'dist/.built-from');
const sources = [
  'src',
  'handlers',
  'jobs',
  'packages',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];
const outcomes = [
  'dist/src/main.js',
  'packages/embedded-mongo/dist/cli.js',
  'packages/telegram-sandbox/dist/cli.js',
  'packages/telegram-sandbox/dist/web/index.html',
];
const notSources = new Set(['dist', 'node_modules', 'test']);

/** Builds the program, its two packages and the sandbox's page, unless no source has changed since. */
export const ensureBuild = async () => {
  const fingerprint = fingerprintOf(sources);
  const complete = outcomes.every((path) => existsSync(join(root, path)));
  if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  await step('Building', build);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, fingerprint);
};

const build = async () => {
  for (const parameters of [
    ['node_modules/typescript/bin/tsc', '-b'],
    ['packages/telegram-sandbox/build-web.mjs'],
  ]) {
    const { code, output } = await run(process.execPath, parameters);
    if (code !== 0) throw new CannotPrepare('The build failed.', tail(output));
  }
};

const fingerprintOf = (paths) => {
  const hash = createHash('sha256');
  const visit = (path) => {
    const absolute = join(root, path);
    const found = statSync(absolute, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isDirectory()) return void hash.update(`${path} ${found.mtimeMs} ${found.size}\n`);
    for (const entry of readdirSync(absolute).toSorted())
      if (!notSources.has(entry)) visit(join(path, entry));
  };
  paths.forEach(visit);
  return hash.digest('hex');
};
