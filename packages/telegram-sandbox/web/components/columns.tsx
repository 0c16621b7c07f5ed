import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import { emptyChat, type PageState } from '../store/state.js';
import { ChatColumn } from './chat-column.js';

/** The chats side by side; on a phone the styles show only the one in use. */
export function Columns({ state }: { readonly state: PageState }): JSX.Element {
  const { text } = usePage();
  const shown = state.open.flatMap((id) => state.people.filter((person) => person.id === id));
  const unreadElsewhere = state.people.reduce(
    (sum, person) => sum + (person.id === state.focused ? 0 : person.unread),
    0,
  );
  return (
    <main id="chats" class="columns" tabIndex={-1} aria-label={text.page.chats}>
      {shown.length === 0 && state.people.length > 0 && <p class="columns-empty">{text.page.noChat}</p>}
      {shown.map((person, at) => (
        <ChatColumn
          key={person.id}
          person={person}
          place={at + 1}
          chat={state.chats.get(person.id) ?? emptyChat}
          botName={state.bot?.firstName ?? ''}
          focused={state.focused === person.id}
          unreadElsewhere={unreadElsewhere}
          notices={noticesOf(state, person.id)}
        />
      ))}
    </main>
  );
}

const none: PageState['notices'] = [];

// The same empty list every time, so that a column without notices is not drawn anew.
function noticesOf({ notices }: PageState, personId: number): PageState['notices'] {
  const own = notices.filter((notice) => notice.personId === personId);
  return own.length === 0 ? none : own;
}
