import { location } from '../errors.js';

const OFFSET = /^([+-])(\d\d):?(\d\d)?$/;

/** Milliseconds by which a zone's wall clock is ahead of UTC at an instant. */
function offsetAt(instant: Date, zone: string): number {
  const fixed = OFFSET.exec(zone);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  const parts = new Map(
    formatter(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall + instant.getUTCMilliseconds() - instant.getTime();
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw location(40485, `unrecognized time zone identifier: "${timeZone}"`);
  }
}

/** An instant as the zone's clock shows it, written as if it were UTC. */
export const toWallClock = (instant: Date, zone: string): Date =>
  new Date(instant.getTime() + offsetAt(instant, zone));

/** The instant at which the zone's clock shows `wall`. */
export function fromWallClock(wall: Date, zone: string): Date {
  const near = new Date(wall.getTime() - offsetAt(wall, zone));
  return new Date(wall.getTime() - offsetAt(near, zone));
}
