/** A page of a list as a button carries it: the sort key of the row it begins behind. Short, and safe in callback data. */
import type { PageKey } from '../store/case-pages.js';

const form = /^([np])([0-9a-z]{1,10})\.([\w-]{1,32})$/;

export const pageToken = ({ towards, at, id }: PageKey): string =>
  `${towards === 'next' ? 'n' : 'p'}${at.getTime().toString(36)}.${id}`;

/** Gives the key a button carries; null for anything else, which is the first page. */
export function readPageToken(token: string): PageKey | null {
  const [, towards, at = '', id = ''] = form.exec(token) ?? [];
  if (towards === undefined) return null;
  return { towards: towards === 'n' ? 'next' : 'previous', at: new Date(Number.parseInt(at, 36)), id };
}
