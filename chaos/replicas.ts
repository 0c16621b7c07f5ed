/** The program, as often as asked for; whoever dies is started again at once. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startNode, type Process } from './child.js';
import type { CrashAt } from './crash-at.js';
import type { ReplicaOrder } from './replica.js';
import type { World } from './world.js';

/** Shorter than the usual ones, so that a run is over in reasonable time. */
export const leases = { laneMs: 3_000, deliveryMs: 5_000 } as const;

export interface Replicas {
  /** The address of one that is up, each in turn. */
  readonly url: () => Promise<string>;
  /** kill -9; it comes back by itself. */
  readonly kill: (index: number) => Promise<void>;
  /** Ends all for good. */
  readonly stop: () => Promise<void>;
}

export interface ReplicasOptions {
  readonly world: World;
  readonly count: number;
  readonly deaths?: Deaths | undefined;
}

export interface Deaths {
  /** What a replica about to be started is to die of. */
  readonly crashAt: (index: number) => CrashAt | undefined;
  readonly onCrash: (replica: Process, point: string) => void;
}

interface Place {
  running: Process;
  url: string | undefined;
}

/** A program that cannot even start is no victim of ours. */
const mostStillbirths = 10;

export async function startReplicas({ world, count, deaths }: ReplicasOptions): Promise<Replicas> {
  let stopping = false;
  let stillbirths = 0;
  let asked = 0;

  const run = (index: number, first: boolean): Place => {
    const death = deaths?.crashAt(index);
    const order: ReplicaOrder = {
      mongoUri: world.mongoUri,
      redisUrl: world.broker.url,
      apiRoot: world.apiRoot,
      token: world.token,
      dataKey: world.dataKey.toString('base64'),
      leases,
      ...(first && index === 0 ? { organisationFile: world.organisationFile } : {}),
      ...(death ? { crashAt: death } : {}),
    };
    const running = startNode({
      program: join(import.meta.dirname, 'replica.js'),
      args: [JSON.stringify(order)],
      onTold: (told) => {
        if (told.crashed !== undefined) deaths?.onCrash(running, told.crashed);
      },
      onLine: (line) => appendFileSync(world.logFile, `${index} ${line}\n`),
    });
    const place: Place = { running, url: undefined };
    running.ready.then(
      ({ url }) => (place.url = url),
      () => undefined,
    );
    return place;
  };

  const places = Array.from({ length: count }, (_, index) => run(index, true));
  const keep = async (index: number): Promise<void> => {
    for (let place = places[index]; place; place = places[index]) {
      await place.running.gone;
      stillbirths = place.url === undefined ? stillbirths + 1 : 0;
      place.url = undefined;
      if (stopping) return;
      if (stillbirths > mostStillbirths) throw new Error(`the program does not start; see ${world.logFile}`);
      places[index] = run(index, false);
    }
  };
  const keeping = Promise.all(places.map(async (_, index) => await keep(index)));
  keeping.catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(2);
  });
  await Promise.all(places.map(async ({ running }) => await running.ready));

  return {
    url: async () => {
      for (;;) {
        asked++;
        const up = places.map((_, i) => places[(i + asked) % count]?.url).find((url) => url !== undefined);
        if (up !== undefined) return up;
        await pause(50);
      }
    },
    kill: async (index) => {
      // Whoever is only starting is killed once he is up: blows that follow one another fall on the living.
      while (places[index]?.url === undefined) await pause(50);
      await places[index]?.running.kill();
    },
    stop: async () => {
      stopping = true;
      await Promise.all(places.map(async ({ running }) => await running.kill()));
      await keeping;
    },
  };
}
