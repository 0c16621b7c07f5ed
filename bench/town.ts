/** Telegram, document store, Redis and the program, each as a process of its own, and hands that play a crowd cheaply. */
import { organisationOf, ownerIds, staffIds } from '../chaos/organisation.js';
import { createWitness, type Witness } from '../chaos/witness.js';
import { startWorld, type World } from '../chaos/world.js';
import type { OrganisationFile } from '../src/organisation/organisation-file.js';
import { parseRedisUrl } from '../src/redis-address.js';
import type { AppOrder } from './app-process.js';
import { cpuMsOf } from './processor-time.js';
import { startProgram, type Program } from './program.js';

export interface TownPlan {
  /** How many owners there are, each the contact of an enterprise of his own. */
  readonly owners: number;
  /** More of the same program, which do jobs and receive nothing. */
  readonly workers?: number;
  readonly budgets?: AppOrder['budgets'];
  readonly counts?: boolean;
  readonly organisation?: (file: OrganisationFile) => OrganisationFile;
  /** More people beside the cast. */
  readonly others?: readonly number[];
  /** Done before the program starts. */
  readonly prepare?: (world: World) => Promise<void>;
}

/** Processor time in milliseconds so far, by part. */
export interface Used {
  readonly program: number;
  readonly store: number;
  readonly redis: number;
  readonly telegram: number;
  readonly driver: number;
}

export interface Town {
  readonly world: World;
  readonly witness: Witness;
  /** The first one receives the updates. */
  readonly programs: readonly [Program, ...Program[]];
  readonly used: () => Promise<Used>;
  readonly stop: () => Promise<void>;
}

export async function openTown(plan: TownPlan): Promise<Town> {
  const { owners, workers = 0, budgets = 'off', others = [] } = plan;
  const usual = organisationOf(owners);
  const world = await startWorld({
    organisation: usual,
    people: [...staffIds, ...ownerIds(owners), ...others],
    limits: budgets,
    journal: false,
  });
  await plan.prepare?.(world);
  const order: AppOrder = {
    mongoUri: world.mongoUri,
    redis: parseRedisUrl(world.broker.url),
    apiRoot: world.apiRoot,
    token: world.token,
    sendMode: 'two-phase',
    budgets,
    counts: plan.counts ?? false,
  };
  const first = await startProgram({ ...order, organisation: plan.organisation?.(usual) ?? usual });
  const more: Program[] = [];
  for (let i = 0; i < workers; i++) more.push(await startProgram({ ...order, role: 'worker' }));
  const programs: Town['programs'] = [first, ...more];
  const witness = await createWitness(world.apiRoot);
  return {
    world,
    witness,
    programs,
    used: async () => {
      const { user, system } = process.cpuUsage();
      const [store, redis, telegram, ...usages] = await Promise.all([
        cpuMsOf(world.pids.store),
        cpuMsOf(world.pids.redis),
        cpuMsOf(world.pids.telegram),
        ...programs.map(async (program) => (await program.usage()).cpuMs),
      ]);
      const program = usages.reduce((sum, ms) => sum + ms, 0);
      return { program, store, redis, telegram, driver: (user + system) / 1_000 };
    },
    stop: async () => {
      witness.close();
      await Promise.all(programs.map(async (program) => await program.end()));
      await world.stop(false);
    },
  };
}

/** What was used between two looks, for each of so many. */
export const usedEach = (before: Used, after: Used, count: number): Used => ({
  program: (after.program - before.program) / count,
  store: (after.store - before.store) / count,
  redis: (after.redis - before.redis) / count,
  telegram: (after.telegram - before.telegram) / count,
  driver: (after.driver - before.driver) / count,
});
