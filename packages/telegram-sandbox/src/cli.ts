#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.js';
import type { SandboxOptions } from './options.js';

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new Error('usage: telegram-sandbox --config <file.json>');
  const options = JSON.parse(await readFile(values.config, 'utf8')) as SandboxOptions;
  const sandbox = await startSandbox(options);
  process.stdout.write(`${JSON.stringify({ ready: true, url: sandbox.url, apiRoot: sandbox.apiRoot })}\n`);

  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // The parent that forked us is gone.
  process.on('disconnect', end);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
