/**
 * The shortest way to a transition, found by trying the table itself on cases as they are: who presses what, what time has to
 * pass, which department has to leave. Nothing here names a transition, so that a new one is walked to as well.
 */
import { setImmediate } from 'node:timers/promises';
import type { CaseRecord, CaseState } from '../../src/domain/case.js';
import type { TimeRules } from '../../src/domain/clocks.js';
import { decide, wake } from '../../src/domain/decide.js';
import { choicesOf } from '../../src/domain/forms/words-form.js';
import { relationOf, type Viewer } from '../../src/domain/people.js';
import { nextQuestion } from '../../src/domain/survey.js';
import { confidentialities, tiers } from '../../src/domain/taxonomy.js';
import type { TransitionInput, TransitionName, TransitionRow } from '../../src/domain/transitions/row.js';
import { transitions } from '../../src/domain/transitions/table.js';
import { inputOf } from '../../src/actions/forms/send-form.js';
import type { Walker } from './canary-rights.js';

/** What somebody presses beside the transition: a department, a level, the choice a form begins with, an answer. */
export interface Pressing {
  readonly row: TransitionRow;
  readonly arg?: string;
}

export type Step =
  | { readonly type: 'press'; readonly who: Walker; readonly pressing: Pressing }
  /** Everything rests until then. */
  | { readonly type: 'rest'; readonly until: Date }
  | { readonly type: 'leave'; readonly department: string };

export interface Way {
  readonly caseId: string;
  readonly steps: readonly Step[];
}

export interface World {
  readonly viewers: ReadonlyMap<Walker, Viewer>;
  readonly departments: readonly {
    readonly code: string;
    readonly headSignsOff: boolean;
    readonly parent: string | null;
  }[];
  readonly gone: readonly string[];
  readonly now: Date;
  readonly rules: TimeRules;
  /** What has turned out not to be possible. */
  readonly barred: (caseId: string, step: Step) => boolean;
  /** Looks at cases of another reporter or another beginning by themselves, however alike they become: more to look at. */
  readonly closely: boolean;
  /** Departments that may leave. */
  readonly leaving: readonly string[];
  /** Besides pressing: to end cases, to let time pass, to let a department leave. Dear ones are allowed last. */
  readonly allows: readonly ('end' | 'rest' | 'leave')[];
}

/** A survey is answered by the buttons of its questions; no other hidden row is pressed by name. */
const isPressed = ({ name, hidden }: TransitionRow): boolean =>
  hidden !== true || name === 'answer-survey' || name === 'survey-by-call';
const pressed = transitions.filter(isPressed);

/** States in which hardly anything begins: who goes there does not come back. */
const beginningIn = (state: CaseState): number => pressed.filter(({ from }) => from.includes(state)).length;
const fewest = Math.max(...transitions.flatMap(({ from }) => from).map(beginningIn)) / 3;

/** What cannot be reached is not looked for for ever: with time, ways have no end. */
const mostPlaces = 300;

const surveyAnswers = ['yes', '5'];

/** Everything a press may carry, with what it means to the rules. */
function pressings(c: CaseRecord, row: TransitionRow, world: World): readonly [Pressing, TransitionInput][] {
  const carried = (args: readonly string[], means: (arg: string) => TransitionInput) =>
    args.map((arg): [Pressing, TransitionInput] => [{ row, arg }, means(arg)]);
  if (row.choosesDepartment)
    return carried(
      world.departments.map(({ code }) => code).filter((code) => !world.gone.includes(code)),
      (department) => ({ department }),
    );
  if (row.choosesTier) return carried(tiers, (tier) => ({ tier: tier as 'general' }));
  if (row.choosesLevel)
    return carried(confidentialities, (confidentiality) => ({ confidentiality: confidentiality as 'open' }));
  const { form } = row;
  if (form && choicesOf(form).length > 0)
    return carried(choicesOf(form), (choice) => inputOf(form, { choice, files: [] }));
  if (row.hidden && c.survey) {
    const question = nextQuestion(c.survey);
    return carried(
      surveyAnswers.map((answer) => `${question}.${answer}`),
      (arg) => {
        const [asked = '', answer = ''] = arg.split('.');
        return { survey: { question: asked, answer } };
      },
    );
  }
  return [[{ row }, {}]];
}

interface Place {
  readonly c: CaseRecord;
  /** Which places are looked at together. */
  readonly like: string;
  readonly now: Date;
  readonly gone: readonly string[];
  readonly steps: readonly Step[];
}

/** The ways to the nearest transitions still to be made, none where what is allowed leads to none; one way a case, so that all can be gone. */
export async function nearestWays(
  cases: readonly CaseRecord[],
  goals: ReadonlySet<TransitionName>,
  world: World,
): Promise<readonly Way[]> {
  const ways = new Map<string, Way>();
  const found = new Set<TransitionName>();
  let places: readonly Place[] = cases.map((c) => ({
    c,
    like: world.closely ? `${c.reporterId} ${c.state} ` : '',
    now: world.now,
    gone: world.gone,
    steps: [],
  }));
  const seen = new Set<string>();
  let looked = 0;
  while (places.length > 0 && goals.size > 0 && found.size === 0 && looked < mostPlaces) {
    const next: Place[] = [];
    for (const place of places) {
      // The program runs in this very process: it must not lose its leases meanwhile.
      await setImmediate();
      // Only what shows something new is gone on from; else there would be no end of ways.
      const fresh = traitsOf(place, world).filter((trait) => !seen.has(trait));
      if (fresh.length === 0) continue;
      for (const trait of fresh) seen.add(trait);
      looked++;
      for (const [name, reached] of stepsFrom(place, world)) {
        const { id } = reached.c;
        if (name && goals.has(name) && !found.has(name) && !ways.has(id)) {
          found.add(name);
          ways.set(id, { caseId: id, steps: reached.steps });
        }
        next.push(reached);
      }
    }
    places = next;
  }
  return [...ways.values()];
}

/** Every place one step on, with the transition that leads there. */
function stepsFrom(place: Place, world: World): readonly [TransitionName | null, Place][] {
  const { c, now, gone, steps } = place;
  const after: [TransitionName | null, Place][] = [];
  const department = departmentOf(c, world);
  const mayLeave = (code: string) => world.leaving.includes(code) && !gone.includes(code);
  const around: TransitionInput = {
    headSignsOff: department?.headSignsOff ?? false,
    parentDepartment: department?.parent ?? null,
    departmentGone: c.department !== null && gone.includes(c.department),
  };
  for (const [who, viewer] of world.viewers) {
    const relation = relationOf(viewer, c);
    if (relation === 'stranger') continue;
    for (const row of pressed) {
      if (!row.by.includes(relation) || !row.from.includes(c.state)) continue;
      for (const [pressing, meant] of pressings(c, row, { ...world, gone })) {
        const step: Step = { type: 'press', who, pressing };
        if (world.barred(c.id, step)) continue;
        const input = { ...around, ...meant, ...(row.form ? { messageIds: ['?'] } : {}) };
        const decision = decide(c, { name: row.name, viewer, input, now, causeId: null }, world.rules);
        if (!decision.ok) continue;
        const { next } = decision;
        const ends = next.state !== c.state && beginningIn(next.state) < fewest;
        if (!ends || world.allows.includes('end'))
          after.push([row.name, { ...place, c: next, steps: [...steps, step] }]);
      }
    }
  }
  if (world.allows.includes('rest'))
    after.push(...rested(place, world).map((one) => [null, one] as [null, Place]));
  if (department && world.allows.includes('leave') && mayLeave(department.code)) {
    const step: Step = { type: 'leave', department: department.code };
    after.push([null, { ...place, gone: [...gone, department.code], steps: [...steps, step] }]);
  }
  return after;
}

const departmentOf = ({ department }: CaseRecord, { departments }: World) =>
  departments.find(({ code }) => code === department);

/** Until the next thing happens by itself; several rests are one. */
function rested(place: Place, { rules }: World): readonly Place[] {
  const { c, now, steps } = place;
  const until = c.wakeAt && c.wakeAt > now ? c.wakeAt : now;
  const next = c.wakeAt === null ? null : wake(c, until, rules);
  if (!next) return [];
  const before = steps.at(-1)?.type === 'rest' ? steps.slice(0, -1) : steps;
  return [{ ...place, c: next, now: until, steps: [...before, { type: 'rest', until }] }];
}

/**
 * What a case is like, as far as a transition may depend on it: every field, without dates and what it has gone through; by
 * itself for departments that go about it in another way.
 */
function traitsOf({ c, like, gone }: Place, world: World): readonly string[] {
  const {
    id: _i,
    number: _n,
    rev: _r,
    draftId: _d,
    history: _h,
    outbox: _o,
    wakeAt: _w,
    closings: _c,
    ...rest
  } = c;
  const clocks = c.clocks.map(({ name, stoppedAt, stepsDone }) => ({
    [name]: [stoppedAt !== null, stepsDone],
  }));
  const { headSignsOff, parent } = departmentOf(c, world) ?? { headSignsOff: false, parent: null };
  const within = world.closely ? `${like}${headSignsOff} ${parent !== null} ` : '';
  return traits(within, { ...rest, clocks, gone: c.department !== null && gone.includes(c.department) });
}

function traits(at: string, value: unknown): readonly string[] {
  if (value instanceof Date) return [`${at} is a date`];
  if (Array.isArray(value)) return value.flatMap((one) => traits(`${at}[]`, one));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => traits(`${at}.${key}`, one));
  return [`${at}=${String(value)}`];
}
