/** What a search found, or how to search. */
import type { FoundPage } from '../queries/find-cases.js';
import { pageView } from './list.js';
import { bold, cut, lines, quote } from './rich.js';
import type { Reader } from './reader.js';
import { view, type View } from './view.js';

const shownOfQuery = 60;

export interface Found {
  readonly page: FoundPage;
  readonly typed: string;
  readonly searchId: string;
  /** The reader looked through his own cases. */
  readonly own: boolean;
}

export function findView(found: Found, reader: Reader): View {
  const { page, typed, searchId } = found;
  const { find } = reader.text;
  const head = lines(bold(find.title), quote(cut(typed, shownOfQuery)));
  if (page.rows.length === 0) return view(lines(head, find.nothing));
  const shown = pageView({ ...page, head, before: 0, own: found.own }, reader, (token) => ({
    action: 'find',
    id: searchId,
    arg: token,
  }));
  return found.own ? shown : { ...shown, looks: [{ what: 'search', caseId: null }] };
}
