import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, run } from './progress.mjs';

const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const patience = ['-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=2'];

/** Installs redis-tools for the whole system; needs root. Resolves to whether it worked. */
export const installAsRoot = async () => {
  await run('apt-get', [...patience, 'update'], { env });
  const wanted = ['install', '-y', '--no-install-recommends', 'redis-tools'];
  const { code } = await run('apt-get', [...patience, ...wanted], { env });
  return code === 0;
};

/**
 * Without root: downloads a package and what it lacks, and unpacks them below .cache with package lists of its own.
 * Resolves to { folder, libraries }, or undefined when it could not be done.
 */
export const unpackForUser = async (name) => {
  const home = join(cacheFolder, 'debian');
  const archives = join(home, 'archives');
  const folder = join(home, 'root');
  rmSync(home, { recursive: true, force: true });
  for (const part of ['lists/partial', 'cache/archives/partial', 'archives', 'root'])
    mkdirSync(join(home, part), { recursive: true });
  const ownState = [
    '-o',
    `Dir::State::lists=${join(home, 'lists')}`,
    '-o',
    `Dir::Cache=${join(home, 'cache')}`,
  ];
  const apt = (parameters) =>
    run('apt-get', [...ownState, '-o', 'Debug::NoLocking=1', ...parameters], { env, cwd: archives });
  if ((await apt(['update'])).code !== 0) return undefined;
  const plan = await apt(['install', '-y', '--no-install-recommends', '--print-uris', name]);
  const packages = [...plan.output.matchAll(/^'\S+' ([a-z0-9][a-z0-9+.-]+)_\S+\.deb /gm)].map(
    ([, found]) => found,
  );
  if (plan.code !== 0 || packages.length === 0) return undefined;
  if ((await apt(['download', ...packages])).code !== 0) return undefined;
  for (const archive of readdirSync(archives))
    if ((await run('dpkg', ['-x', join(archives, archive), folder])).code !== 0) return undefined;
  rmSync(join(home, 'lists'), { recursive: true, force: true });
  return { folder, libraries: libraryFolders(folder) };
};

const libraryFolders = (folder) =>
  ['usr/lib', 'lib']
    .map((part) => join(folder, part))
    .filter((part) => existsSync(part))
    .flatMap((part) => [part, ...readdirSync(part).map((inner) => join(part, inner))])
    .filter((part) => part.includes('-linux-') || part.endsWith('/lib'));
