import type { JSX } from 'preact';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import { nameOf } from '../rich/labels.js';
import { Avatar } from './avatar.js';

/** Stands in a chat that has not begun: who one is here, and what to do first. */
export function ChatIntro({ person }: { readonly person: Person }): JSX.Element {
  const { text, words } = usePage();
  const name = nameOf(person);
  return (
    <div class="chat-intro">
      <Avatar id={person.id} name={name} />
      <h3>{text.chat.youAre(words(person.label))}</h3>
      <p>
        {name} · {words(person.group)}
      </p>
      <p>{text.chat.startHint}</p>
    </div>
  );
}
