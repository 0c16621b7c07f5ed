/** Business time of a test: the calendar counted apart from the program, and moving to an instant. */
import { createCalendar } from '../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../src/domain/calendar/shipped-years.js';
import { createWorkingTime } from '../../src/domain/working-time/index.js';
import type { Channel } from './channel.js';
import { quiet } from './listening.js';

export const workingTime = createWorkingTime({ calendar: createCalendar(shippedYears) });

/** 1 wd and 1 wh in working minutes (rules, "Working time"). */
export const wd = 7 * 60;
export const wh = 60;

export const now = async (channel: Channel): Promise<Date> => new Date((await channel.state()).now);

/** Moves on to an instant, living through everything on the way; it must lie ahead. */
export async function until(channel: Channel, at: Date): Promise<void> {
  const ms = at.getTime() - (await now(channel)).getTime();
  if (ms <= 0) throw new Error(`${at.toISOString()} is past`);
  await channel.advance(`PT${(ms / 1_000).toFixed(3)}S`);
  await quiet(channel);
}

/** Moves to a working day's morning, an hour and more after the opening, so that a test does not depend on the hour it runs at. */
export async function tillMorning(channel: Channel): Promise<Date> {
  const start = await now(channel);
  const tomorrow = new Date(start.getTime() + 24 * 3_600_000);
  // From midnight of a day (UTC+8) on, the next opening is that working day's first.
  const midnight = new Date(
    Math.floor((tomorrow.getTime() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000,
  );
  await until(channel, workingTime.add(workingTime.nextOpening(midnight), wh));
  return await now(channel);
}
