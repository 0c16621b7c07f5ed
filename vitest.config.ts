import { defineConfig } from 'vitest/config';

/** What is loaded keeps nothing between two files; to load it anew for each took a quarter of the time. */
const isolate = false;

export default defineConfig({
  test: {
    // Two workers: the machines this has to pass on have two cores, and every flow test runs a whole program.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          isolate,
          include: ['test/unit/**/*.test.ts', 'test/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['packages/*/test/**/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'embedded', include: ['test/embedded/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          // Whole programs and a browser, one after the other.
          name: 'page',
          include: ['test/page/**/*.test.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'flow',
          isolate,
          include: ['test/flow/**/*.test.ts', 'test/fault/**/*.test.ts'],
          // One redis-server and one store for all of them; `freshServices()` gives each its own corner.
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
