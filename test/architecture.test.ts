import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, type SourceFile } from './support/arrows.js';

const root = resolve(import.meta.dirname, '..');

const filesBelow = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    : [];

const sourcesBelow = (folders: readonly string[]): SourceFile[] =>
  folders
    .flatMap(filesBelow)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const packages = readdirSync(join(root, 'packages')).flatMap((name) => [
  `packages/${name}/src`,
  `packages/${name}/web`,
]);

describe('the arrows of the house', () => {
  const program = sourcesBelow(['src', 'handlers', 'jobs']);

  test('there is something to look at', () => {
    expect(program.length).toBeGreaterThan(10);
    expect(program.map(({ path }) => path)).toContain('src/config.ts');
  });

  test('handlers, jobs → actions → domain ← store, and every library has its place', () => {
    expect(breaches(program)).toEqual([]);
  });

  test('no file of the program or its packages is longer than 250 lines, text catalogues aside', () => {
    const long = [...program, ...sourcesBelow([...packages, 'scripts', 'chaos'])]
      .filter(({ path }) => !path.startsWith('src/text/'))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  test('no folder or file is called utils, helpers, common or types; names are kebab-case', () => {
    const all = ['src', 'handlers', 'jobs', 'scripts', 'test', 'bench', 'chaos', ...packages].flatMap(
      filesBelow,
    );
    const named = (path: string, wrong: RegExp): boolean => path.split('/').some((part) => wrong.test(part));
    expect(all.filter((path) => named(path, /^(utils?|helpers?|common|types)(\.|$)/))).toEqual([]);
    expect(all.filter((path) => /\.tsx?$/.test(path) && named(path, /[A-Z_ ]/))).toEqual([]);
  });
});

describe('the arrows go red', () => {
  const red = (path: string, text: string): boolean => breaches([{ path, text }]).length > 0;

  test.each([
    ['src/domain/case.ts', `import { z } from 'zod';`],
    ['src/domain/case.ts', `import { readFile } from 'node:fs/promises';`],
    ['src/domain/case.ts', `import type { Case } from '../store/cases.js';`],
    ['src/domain/routing/words.ts', `export { x } from '../../actions/file-case.js';`],
    ['src/actions/file-case.ts', `import { report } from '../../handlers/enterprise/report.js';`],
    ['src/actions/file-case.ts', `import { Telegraf } from 'telegraf';`],
    ['src/store/cases.ts', `import { file } from '../actions/file-case.js';`],
    ['handlers/duty/triage.ts', `import { cases } from '../../src/store/cases.js';`],
    ['handlers/duty/triage.ts', `import { route } from '../../jobs/route.js';`],
    ['handlers/duty/triage.ts', `const m = await import('mongoose');`],
    ['jobs/route.ts', `import { bot } from '../handlers/index.js';`],
    ['src/telegram/poller.ts', `import { Queue } from 'bullmq';`],
    ['src/actions/file-case.ts', `import cron from 'node-cron';`],
    ['src/actions/file-case.ts', `import mongoose from 'mongoose';`],
    ['src/domain/case.ts', `import { Redis } from 'ioredis';`],
    ['src/app.ts', `import { startEmbedded } from './embedded/index.js';`],
    ['src/main.ts', `import { startEmbedded } from './embedded/index.js';`],
    ['src/app.ts', `const e = await import('./embedded/index.js');`],
    ['src/telegram/poller.ts', `const token = process.env['BOT_TOKEN'];`],
    ['src/telegram/poller.ts', `import { env } from 'node:process';`],
    ['src/app.ts', `import { startSandbox } from 'telegram-sandbox';`],
    ['src/text/zh.ts', `import { file } from '../actions/file-case.js';`],
    ['src/app.ts', `import { x } from '../test/support/services.js';`],
  ])('%s: %s', (path, text) => {
    expect(red(path, text)).toBe(true);
  });

  test.each([
    ['src/domain/case.ts', `import type { Kind } from './taxonomy.js';`],
    [
      'src/actions/file-case.ts',
      `import { decide } from '../domain/decide.js';\nimport { cases } from '../store/cases.js';`,
    ],
    [
      'handlers/duty/triage.ts',
      `import type { Context } from 'telegraf';\nimport { t } from '../../src/text/index.js';`,
    ],
    ['jobs/route.ts', `import { Worker } from 'bullmq';\nimport { Redis } from 'ioredis';`],
    [
      'src/main.ts',
      `const { startEmbedded } = await import('./embedded/index.js');\nimport mongoose from 'mongoose';`,
    ],
    ['src/main.ts', `import type { Embedded } from './embedded/index.js';`],
    ['src/embedded/redis.ts', `import type { Log } from '../log.js';`],
    ['src/config.ts', `export const environment = process.env;`],
    [
      'src/store/cases.ts',
      `import { Schema } from 'mongoose';\nimport type { Case } from '../domain/case.js';`,
    ],
    ['src/domain/case.ts', `// process.env and import { z } from 'zod' are only spoken of here`],
  ])('but not for %s: %s', (path, text) => {
    expect(red(path, text)).toBe(false);
  });
});
