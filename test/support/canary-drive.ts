/** Goes to every transition that has not come about, from wherever the cases stand. */
import { readFile } from 'node:fs/promises';
import type { Viewer } from '../../src/domain/people.js';
import { readOrganisation } from '../../src/organisation/organisation-file.js';
import { createCases } from '../../src/store/cases.js';
import { rules } from '../unit/domain/case-of-test.js';
import { nearestWays, type Pressing, type Step, type Way, type World } from './canary-plan.js';
import type { Walker } from './canary-rights.js';
import { rows } from './canary-walk.js';
import type { Channel } from './channel.js';

export interface Going {
  readonly channel: Channel;
  readonly viewers: ReadonlyMap<Walker, Viewer>;
  /** The cases that are pressed on. */
  readonly ids: readonly string[];
  /** Names of the transitions that have come about; grows. */
  readonly made: Set<string>;
  /** Gives whether the case has changed. */
  readonly press: (walker: Walker, pressing: Pressing, caseId: string) => Promise<boolean>;
  readonly quiet: () => Promise<void>;
}

/** Nobody of it is asked for afterwards. */
const leaving = ['ZJJ'];

/** What is dear comes last: to end a case, to let a department leave, to let time pass for all. */
const looks: readonly Pick<World, 'allows' | 'closely'>[] = [
  { allows: [], closely: false },
  { allows: [], closely: true },
  { allows: ['end'], closely: true },
  { allows: ['end', 'leave'], closely: true },
  { allows: ['rest'], closely: false },
  { allows: ['end', 'rest', 'leave'], closely: true },
];

/** The nearest transition first, until none can be had any more. */
export async function goEverywhere(going: Going): Promise<void> {
  const { channel, viewers, ids, made } = going;
  const { file } = readOrganisation(await readFile('config/sample-organisation.json', 'utf8'));
  const departments = file.departments.filter(({ code }) =>
    [...viewers.values()].some(({ role, departments: own = [] }) => role === 'officer' && own.includes(code)),
  );
  const barred = new Set<string>();
  const gone: string[] = [];
  for (const how of looks)
    for (;;) {
      const found = await createCases(channel.connection()).byIds(ids);
      const ways = await nearestWays(
        // In the order they are asked for, so that one run goes as another.
        found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
        new Set(rows.map(({ name }) => name).filter((name) => !made.has(name))),
        {
          viewers,
          departments,
          gone,
          leaving,
          now: new Date((await channel.state()).now),
          rules,
          barred: (caseId, step) => barred.has(keyOf(caseId, step)),
          ...how,
        },
      );
      if (ways.length === 0) break;
      // Once time has passed, or a department has left, all cases are others.
      const soon = ways.filter(({ steps }) => steps.every(({ type }) => type === 'press'));
      for (const way of soon.length > 0 ? soon : ways.slice(0, 1)) await goOne(way, going, { barred, gone });
    }
}

const keyOf = (caseId: string, step: Step): string => JSON.stringify([caseId, step]);

/** A way is gone as far as the case goes along; what it did not go along with is not tried again. */
async function goOne(
  { caseId, steps }: Way,
  { channel, made, press, quiet }: Going,
  learnt: { readonly barred: Set<string>; readonly gone: string[] },
): Promise<void> {
  for (const step of steps) {
    if (step.type === 'rest') {
      const now = Date.parse((await channel.state()).now);
      await channel.jump(`PT${Math.max(1, Math.ceil((step.until.getTime() - now) / 60_000) + 1)}M`);
      await quiet();
    } else if (step.type === 'leave') {
      learnt.gone.push(step.department);
      await quiet();
      await channel.reorganise((file) => ({
        ...file,
        departments: file.departments.filter(({ code }) => code !== step.department),
      }));
    } else {
      if (!(await press(step.who, step.pressing, caseId))) {
        learnt.barred.add(keyOf(caseId, step));
        return;
      }
      made.add(step.pressing.row.name);
    }
  }
}
