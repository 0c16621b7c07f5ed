import { builtinModules } from 'node:module';
import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The parts of the house and which other parts each may import (design: the arrows). */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  // It renders what the queries return.
  text: ['domain', 'queries'],
  letters: ['domain', 'ground'],
  store: ['domain', 'ground'],
  organisation: ['domain', 'ground'],
  queries: ['domain', 'store', 'ground'],
  // A delivery is rendered at the moment it is sent: by an action.
  actions: ['domain', 'store', 'organisation', 'queries', 'text', 'letters', 'ground'],
  telegram: ['domain', 'store', 'actions', 'text', 'ground'],
  http: ['domain', 'store', 'actions', 'queries', 'telegram', 'text', 'ground'],
  embedded: ['organisation', 'ground'],
  handlers: ['domain', 'actions', 'queries', 'telegram', 'text', 'letters', 'ground'],
  jobs: ['domain', 'store', 'actions', 'queries', 'telegram', 'text', 'ground'],
  // Files directly in src/: config, log, errors, clock, seal …
  ground: ['domain', 'ground'],
};

/** These tie the knot and may import every part; `embedded` is a case of its own. */
const knots = new Set([
  'src/app.ts',
  'src/http-side.ts',
  'src/way-in.ts',
  'src/way-out.ts',
  'src/main.ts',
  'src/keys-command.ts',
  'src/audit-command.ts',
]);
/** Only what is started by hand may load what is brought along. */
const starters = new Set(['src/main.ts', 'src/audit-command.ts']);

const places: readonly (readonly [library: RegExp, may: (path: string) => boolean])[] = [
  [/^telegraf(\/|$)/, (path) => /^(handlers|src\/telegram)\//.test(path)],
  [/^(bullmq|node-cron)(\/|$)/, (path) => path.startsWith('jobs/')],
  [/^mongoose(\/|$)/, (path) => path.startsWith('src/store/') || path === 'src/main.ts'],
  [/^ioredis(\/|$)/, (path) => !/^(src\/(domain|text|store|actions)|handlers)\//.test(path)],
  [/^(embedded-mongo|telegram-sandbox|mingo|lmdb)(\/|$)/, () => false],
];

/** Every import that goes against the arrows, as "path → what". */
export const breaches = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const wrong = importsOf(code).filter((found) => !isAllowed(path, found));
    const environment =
      path !== 'src/config.ts' && /\bprocess\s*(\.|\?\.)\s*env\b|\bprocess\[['"]env/.test(code);
    return [
      ...wrong.map(({ from }) => `${path} → ${from}`),
      ...(environment ? [`${path} → process.env`] : []),
    ];
  });

interface Import {
  readonly from: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');

const importsOf = (code: string): Import[] => [
  ...[...code.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/gm)].map(
    ([, type, from]) => ({ from: from ?? '', dynamic: false, typeOnly: type !== undefined }),
  ),
  ...[...code.matchAll(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g)].map(([, from]) => ({
    from: from ?? '',
    dynamic: true,
    typeOnly: false,
  })),
];

const isAllowed = (path: string, found: Import): boolean => {
  if (!found.from.startsWith('.'))
    return isAllowedLibrary(path, found.from) || (knots.has(path) && found.typeOnly);
  const target = posix.join(posix.dirname(path), found.from);
  const [mine, its] = [partOf(path), partOf(target)];
  if (its === undefined) return false;
  if (its === 'embedded' && mine !== 'embedded')
    return starters.has(path) && (found.dynamic || found.typeOnly);
  if (knots.has(path) || mine === its) return true;
  return mine !== undefined && (mayImport[mine] ?? []).includes(its);
};

const isAllowedLibrary = (path: string, library: string): boolean => {
  const own = builtinModules.includes(library.replace(/^node:/, ''));
  if (path.startsWith('src/domain/')) return false;
  if (own) return !/^(node:)?process$/.test(library) || path === 'src/config.ts';
  return places.every(([name, may]) => !name.test(library) || may(path));
};

/** Undefined: not a part of the program. */
const partOf = (path: string): string | undefined => {
  const [first, second, third] = path.split('/');
  if (first === 'handlers' || first === 'jobs') return first;
  if (first !== 'src' || second === undefined) return undefined;
  return third === undefined ? 'ground' : second;
};
