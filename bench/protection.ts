import type { TestPerson } from 'telegram-sandbox';
import { arrive, file } from '../test/support/steps.js';
import { median } from './figures.js';
import { openWorld, type World } from './world.js';

const casesARun = Number(process.env['BENCH_CASES'] ?? 15);
const runs = Number(process.env['BENCH_RUNS'] ?? 3);
const text =
  '我们厂扩建项目的环评批复材料 3 月 12 日就在窗口交齐了，到现在五个多月没有任何书面答复，每次去问都说在走流程。';
const cast = { owner: 1001, officer: 2002, head: 2001, duty: 3001 } as const;

type Mode = 'two-phase' | 'single';

/** Alternates between the modes, so that whatever else the machine does strikes both; each run on services of its own. */
export async function protection(say: (line: string) => void): Promise<void> {
  const used: Record<Mode, { program: number; all: number }[]> = { 'two-phase': [], single: [] };
  for (let run = 0; run < runs; run++) {
    for (const mode of ['single', 'two-phase'] as const) {
      const ms = await measure(mode);
      used[mode].push(ms);
      say(
        `  ${mode.padEnd(10)} program ${ms.program.toFixed(0)} ms a case, with store and Redis ${ms.all.toFixed(0)} ms`,
      );
    }
  }
  for (const what of ['program', 'all'] as const) {
    const of = (mode: Mode): number => median(used[mode].map((one) => one[what]));
    const ratio = of('two-phase') / of('single');
    say(
      `  ${what}: median ${of('two-phase').toFixed(0)} / ${of('single').toFixed(0)} ms = ${ratio.toFixed(2)} (target 1.5)`,
    );
  }
}

async function measure(mode: Mode): Promise<{ readonly program: number; readonly all: number }> {
  const world = await openWorld({ people: Object.values(cast), sendMode: mode });
  try {
    for (const id of Object.values(cast)) await arrive(world.sandbox.person(id));
    await liveCase(world); // What is loaded on first use is not counted.
    const before = await world.usedMs();
    for (let i = 0; i < casesARun; i++) await liveCase(world);
    const after = await world.usedMs();
    const program = (after.program - before.program) / casesARun;
    return { program, all: program + (after.services - before.services) / casesARun };
  } finally {
    await world.stop();
  }
}

/** From the first words to the survey's last answer; every step waits for the card it begins with. */
async function liveCase({ sandbox }: World): Promise<void> {
  const [owner, officer, duty] = [cast.owner, cast.officer, cast.duty].map((id) => sandbox.person(id)) as [
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  const number = await file(owner, text);
  const card = async (person: TestPerson, label: RegExp) =>
    await person.waitFor(
      ({ text: shown = '', inlineKeyboard }) =>
        shown.includes(number) && (inlineKeyboard ?? []).flat().some((button) => label.test(button.text)),
    );
  const press = async (person: TestPerson, label: RegExp): Promise<void> =>
    void (await person.press(label, { message: await card(person, label) }));
  await press(duty, /交办 审批局/);
  await press(officer, /签收/);
  await press(officer, /首次联系/);
  await officer.say('您好，我来办这件事。');
  let since = officer.mark();
  await press(officer, /上报办结/);
  await officer.waitFor(/办理结果/, { since });
  since = officer.mark();
  await officer.say('批复已出，可到窗口领取。');
  await officer.waitFor(/哪些措施/, { since });
  since = officer.mark();
  await officer.say('补齐内部流转。');
  await officer.waitFor(/佐证/, { since });
  since = officer.mark();
  await officer.say('批复原件在窗口，无电子件。');
  await officer.press(/上报$/, { message: await officer.waitFor(/核对后上报/, { since }) });
  await press(duty, /核销$/);
  await press(owner, /^是$/);
  await press(owner, /^解决了$/);
  await press(owner, /很满意/);
}
