import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const cacheFolder = join(root, '.cache');
export const logFile = join(cacheFolder, 'prepare.log');

const stillWorkingMs = 10_000;

/** Ends the preparation with words for the person; `output` is the tail of what the failed command said. */
export class CannotPrepare extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

export const say = (line) => process.stdout.write(`${line}\n`);

/** Says what is being done, that it still goes on, and how long it took; `false` means it did not work. */
export const step = async (title, work) => {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  say(`… ${title}`);
  const reminder = setInterval(() => say(`  still working, ${seconds()} s`), stillWorkingMs);
  try {
    const result = await work();
    say(result === false ? `✗ did not work (${seconds()} s)` : `✓ done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(reminder);
  }
};

/** Runs a command quietly; its output goes to the log file. Resolves to { code, output }, never rejects. */
export const run = (command, parameters, options = {}) =>
  new Promise((done) => {
    const kept = [];
    const child = spawn(command, parameters, {
      cwd: root,
      ...options,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const finish = (code) => {
      const output = Buffer.concat(kept).toString('utf8');
      mkdirSync(cacheFolder, { recursive: true });
      appendFileSync(logFile, `\n$ ${command} ${parameters.join(' ')}\n${output}\n[${code}]\n`);
      done({ code, output });
    };
    child.stdout.on('data', (part) => kept.push(part));
    child.stderr.on('data', (part) => kept.push(part));
    child.on('error', (error) => {
      kept.push(Buffer.from(String(error)));
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });

/** Whether the command can be run here; leaves no trace in the log. */
export const works = (command, parameters) =>
  new Promise((done) => {
    const child = spawn(command, parameters, { stdio: 'ignore' });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });

export const tail = (output, lines = 25) => output.trimEnd().split('\n').slice(-lines).join('\n');
