/** `npm run bench -- <name>`: bundles the benchmarks, which are TypeScript, and runs them. */
import { build } from 'esbuild';

await build({
  entryPoints: [
    'bench/index.ts',
    'bench/app-process.ts',
    'bench/echo-process.ts',
    'bench/bare-worker-process.ts',
  ],
  outdir: 'dist/bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await import('../dist/bench/index.mjs');
