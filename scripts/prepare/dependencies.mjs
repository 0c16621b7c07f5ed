import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPrepare, root, run, say, step, tail } from './progress.mjs';

const stampFile = join(root, 'node_modules/.prepared');

/** Installs what package-lock.json asks for, development tools included, unless just that is there. */
export const ensureDependencies = async () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256')
    .update(lock)
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!matchesLock(JSON.parse(lock)))
    await step('Installing the dependencies (first time: about a minute)', install);
  writeFileSync(stampFile, stamp);
};

/** Somebody may have run `npm ci` by hand: what is installed is compared entry by entry. */
const matchesLock = (lock) => {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') || wanted.optional || wanted.devOptional || wanted.peer)
      return true;
    const found = installed[path];
    return found !== undefined && found.version === wanted.version && existsSync(join(root, path));
  });
};

const install = async () => {
  const quiet = ['--include=dev', '--no-audit', '--no-fund', '--prefer-offline'];
  const first = await npm(['ci', ...quiet]);
  if (first.code === 0) return;
  // A lock made against a registry that lacks some platforms' packages makes `ci` refuse; `install` forgives.
  say('  npm ci did not go through, trying npm install (the lock file stays as it is)');
  const second = await npm(['install', '--no-save', '--no-package-lock', ...quiet]);
  if (second.code === 0) return;
  throw new CannotPrepare(
    'The dependencies could not be installed. Is the npm registry reachable (npm ping)? Then try again.',
    tail(second.output),
  );
};

const npm = (parameters) => {
  const program = process.env.npm_execpath;
  return program ? run(process.execPath, [program, ...parameters]) : run('npm', parameters);
};
