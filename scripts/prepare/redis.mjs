import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installAsRoot, unpackForUser } from './debian.mjs';
import { cacheFolder, CannotPrepare, say, step, works } from './progress.mjs';

const own = join(cacheFolder, 'bin/redis-server');
// Debian ships the server inside redis-tools, where it goes by this name; called redis-server, it is the server.
const disguised = '/usr/bin/redis-check-rdb';

/** Makes sure that a redis-server can be run, from the PATH or as .cache/bin/redis-server. */
export const ensureRedis = async () => {
  if ((await works('redis-server', ['--version'])) || (await works(own, ['--version']))) return;
  if (await linkDisguised()) return;
  if (process.platform === 'linux' && (await works('apt-get', ['--version']))) {
    const root = process.getuid() === 0;
    if (root) {
      await step(
        'Installing redis-tools with apt-get (brings redis-server, no service is set up)',
        installAsRoot,
      );
      if (await linkDisguised()) return;
    }
    const title = 'Unpacking redis-tools into .cache, nothing on the system is changed';
    if (await step(root ? title : `No root rights: ${title}`, unpackDisguised)) return;
  }
  throw new CannotPrepare(advice());
};

const linkDisguised = async () => {
  if (!existsSync(disguised)) return false;
  prepareOwn();
  symlinkSync(disguised, own);
  return works(own, ['--version']);
};

const unpackDisguised = async () => {
  const unpacked = await unpackForUser('redis-tools');
  if (unpacked === undefined) return false;
  const server = join(unpacked.folder, 'usr/bin/redis-server');
  rmSync(server, { force: true });
  symlinkSync('redis-check-rdb', server);
  prepareOwn();
  const libraries = unpacked.libraries.join(':');
  writeFileSync(own, `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${server}' "$@"\n`, { mode: 0o755 });
  return works(own, ['--version']);
};

const prepareOwn = () => {
  mkdirSync(join(cacheFolder, 'bin'), { recursive: true });
  rmSync(own, { force: true });
};

const advice = () => {
  const how = {
    darwin: 'brew install redis',
    linux:
      'Debian, Ubuntu: sudo apt-get install redis-tools · Fedora: sudo dnf install redis · Alpine: apk add redis · Arch: sudo pacman -S redis',
    win32: 'Windows is not supported; use WSL with Debian or Ubuntu',
  }[process.platform];
  say('');
  return [
    'redis-server is missing and could not be brought along. Either install it:',
    `    ${how ?? 'install the package redis of your system'}`,
    'or let the program use a running one: REDIS_URL=redis://host:6379 npm start',
  ].join('\n');
};
