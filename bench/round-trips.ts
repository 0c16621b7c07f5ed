import { Redis } from 'ioredis';
import { cast } from '../chaos/organisation.js';
import { createLives, castOf } from '../chaos/lives.js';
import type { Witness } from '../chaos/witness.js';
import type { Usage } from './app-process.js';
import { between, listed, type Commands } from './command-counts.js';
import { median } from './figures.js';
import { untilQuiet } from './quiet.js';
import { openTown, type Town } from './town.js';

const repetitions = Number(process.env['BENCH_RUNS'] ?? 9);

/** One thing somebody did, and what the program asked of its services until all of it was done. */
interface Act {
  readonly what: string;
  readonly commands: Commands;
}

/** Store and Redis commands of every press and step of one case's life; medians over several lives, so that what comes round by itself falls out. */
export async function roundTrips(say: (line: string) => void): Promise<void> {
  const town = await openTown({ owners: repetitions + 1, counts: true });
  const redis = new Redis({ host: '127.0.0.1', port: Number(new URL(town.world.broker.url).port) });
  try {
    const staff = createLives({ witness: town.witness, waits: [] });
    for (const id of [...cast.duties, ...cast.officers, cast.head, cast.supervisor, cast.leader])
      await staff.arrive(id, false);
    const lives: (readonly Act[])[] = [];
    let server: Commands = {};
    for (let i = 0; i <= repetitions; i++) {
      // The first life is not counted: what is loaded on first use is none of its commands.
      if (i === 1) server = await serverSide(redis);
      const acts = await watchedLife(town, i);
      if (i > 0) lives.push(acts);
    }
    const calls = between(server, await serverSide(redis));
    print(lives, say);
    say(`\n  redis-server itself, scripts' own calls included, a life\n${listed(calls, repetitions)}`);
  } finally {
    redis.disconnect();
    await town.stop();
  }
}

/** A life from the first step into the chat to the survey, each act alone. */
async function watchedLife(town: Town, index: number): Promise<readonly Act[]> {
  const acts: Act[] = [];
  const [program] = town.programs;
  let doing: { readonly what: string; readonly before: Usage } | undefined;
  const end = async (): Promise<void> => {
    await untilQuiet(program);
    if (!doing) return;
    const { commands } = await program.usage();
    acts.push({ what: doing.what, commands: between(doing.before.commands, commands) });
  };
  const begin = async (what: string): Promise<void> => {
    await end();
    doing = { what, before: await program.usage() };
  };
  const watching: Witness = {
    ...town.witness,
    start: async (id) => {
      await begin('/start');
      await town.witness.start(id);
    },
    say: async (id, text) => {
      await begin(`says ${text.slice(0, 10)}…`);
      await town.witness.say(id, text);
    },
    press: async (id, messageId, label) => {
      await begin(label);
      await town.witness.press(id, messageId, label);
    },
  };
  const { live } = createLives({ witness: watching, waits: [] });
  const owner = 10_001 + index;
  const lived = await live(castOf(index, owner, 'surveyed'), true);
  if (lived.stuck !== undefined) throw new Error(lived.stuck);
  await end();
  return acts;
}

function print(lives: readonly (readonly Act[])[], say: (line: string) => void): void {
  const whole: Record<string, number> = {};
  const [first = []] = lives;
  first.forEach(({ what }, i) => {
    const seen = lives.map((acts) => acts[i]?.commands ?? {});
    const names = [...new Set(seen.flatMap((commands) => Object.keys(commands)))];
    const usual = Object.fromEntries(
      names
        .map((name) => [name, median(seen.map((commands) => commands[name] ?? 0))] as const)
        .filter(([, count]) => count > 0),
    );
    for (const [name, count] of Object.entries(usual)) whole[name] = (whole[name] ?? 0) + count;
    say(`  ${what}\n${listed(usual)}`);
  });
  say(`\n  whole case, ${first.length} acts\n${listed(whole)}`);
}

/** What redis-server has done so far, by command. */
async function serverSide(redis: Redis): Promise<Commands> {
  const text = await redis.info('commandstats');
  return Object.fromEntries(
    [...text.matchAll(/^cmdstat_([\w|]+):calls=(\d+)/gm)].map(([, name, calls]) => [
      `redis ${name}`,
      Number(calls),
    ]),
  );
}
