import type { Person } from '../model.js';

/** Below this window width (px) one chat is shown at a time. The same number stands in styles/layout.css. */
export const phoneWidth = 760;
const peopleWidth = 288;
const columnWidth = 340;

const tourWidth = 320;

/** How many chats fit side by side into a window of this width (px), beside the tour where that is shown. */
export function columnsThatFit(windowWidth: number, tourShown = false): number {
  if (windowWidth < phoneWidth) return 1;
  const taken = peopleWidth + (tourShown ? tourWidth : 0);
  return Math.max(1, Math.floor((windowWidth - taken) / columnWidth));
}

/**
 * The chats to show first, as many as fit: those the sandbox was told to open, in that order; told nothing, the first
 * person of the first group, of the last, then of those between.
 */
export function firstChats(
  people: readonly Person[],
  count: number,
  opens: readonly number[] = [],
): readonly number[] {
  const told = opens.filter((id) => people.some((person) => person.id === id));
  if (told.length > 0) return told.slice(0, count);
  const leading = people.filter(
    (person, at) => people.findIndex((other) => other.group.en === person.group.en) === at,
  );
  const [first, ...others] = leading;
  const last = others.pop();
  const chosen = [first, last, ...others].filter((person) => person !== undefined).slice(0, count);
  return leading.filter((person) => chosen.includes(person)).map((person) => person.id);
}

export interface OpeningChat {
  readonly open: readonly number[];
  readonly personId: number;
  readonly room: number;
  /** Recency of use, higher is later; the least recently used chat gives way when there is no room. */
  readonly usedAt: ReadonlyMap<number, number>;
}

/** The shown chats after one more is opened: in a free place, else in that of the least recently used. */
export function openChat({ open, personId, room, usedAt }: OpeningChat): readonly number[] {
  if (open.includes(personId)) return open;
  if (open.length < room) return [...open, personId];
  const used = (id: number): number => usedAt.get(id) ?? 0;
  const oldest = open.reduce((least, id) => (used(id) < used(least) ? id : least));
  return open.map((id) => (id === oldest ? personId : id));
}

/** The chats that stay when there is room for fewer: the most recently used, in their places. */
export function keepLastUsed(
  open: readonly number[],
  room: number,
  usedAt: ReadonlyMap<number, number>,
): readonly number[] {
  const byUse = open.toSorted((one, other) => (usedAt.get(other) ?? 0) - (usedAt.get(one) ?? 0));
  const kept = byUse.slice(0, room);
  return open.filter((id) => kept.includes(id));
}
