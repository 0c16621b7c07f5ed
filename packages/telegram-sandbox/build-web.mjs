// Bundles the chat page (web/) into dist/web with esbuild. Does nothing when no source changed since the last build.
import { createHash } from 'node:crypto';
import { access, copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const sourceFolder = join(here, 'web');
const outFolder = join(here, 'dist', 'web');
const stampFile = join(outFolder, '.stamp');
const outputs = ['index.html', 'app.js', 'app.css'];

async function fingerprint() {
  const hash = createHash('sha256');
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  const require = createRequire(import.meta.url);
  for (const name of ['preact', 'esbuild'])
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  const entries = await readdir(sourceFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const file of files.sort()) {
    hash.update(`\n${relative(sourceFolder, file)}\n`);
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

async function isCurrent(print) {
  try {
    for (const name of outputs) await access(join(outFolder, name));
    return (await readFile(stampFile, 'utf8')) === print;
  } catch {
    return false;
  }
}

const print = await fingerprint();
if (await isCurrent(print)) {
  console.log('chat page: unchanged');
} else {
  const started = performance.now();
  // Loaded only now: an unchanged page must not cost the bundler's start.
  const { build } = await import('esbuild');
  await mkdir(outFolder, { recursive: true });
  await build({
    entryPoints: [
      { in: join(sourceFolder, 'main.tsx'), out: 'app' },
      { in: join(sourceFolder, 'styles', 'app.css'), out: 'app' },
    ],
    outdir: outFolder,
    bundle: true,
    format: 'esm',
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: '{}',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await copyFile(join(sourceFolder, 'index.html'), join(outFolder, 'index.html'));
  await writeFile(stampFile, print);
  console.log(`chat page: built in ${Math.round(performance.now() - started)} ms`);
}
