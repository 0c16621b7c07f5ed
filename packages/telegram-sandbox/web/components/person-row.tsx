import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import { labelWithinGroup, nameOf } from '../rich/labels.js';
import { wordsOfKind } from '../rich/summary.js';
import { shortMoment } from '../times.js';
import { Avatar } from './avatar.js';
import { Icon } from './icon.js';

export interface PersonRowProps {
  readonly person: Person;
  readonly shown: boolean;
}

/** One person in the list; pressing opens the chat. */
export const PersonRow = memo(function PersonRow({ person, shown }: PersonRowProps): JSX.Element {
  const { text, words, language, actions } = usePage();
  const label = words(person.label);
  const name = nameOf(person);
  return (
    <li>
      <button
        type="button"
        class="person"
        aria-current={shown ? 'true' : undefined}
        data-person={person.id}
        title={label}
        onClick={() => actions.open(person.id)}
      >
        <Avatar id={person.id} name={name} />
        <span class="person-lines">
          <span class="person-name">
            <strong>{labelWithinGroup(person, language)}</strong>
            {person.lastMessage && <time>{shortMoment(person.lastMessage.date, text)}</time>}
          </span>
          <span class="person-last">
            <span class="person-text">
              {name !== label && <span class="person-real">{name}</span>} {lastLine(person, text)}
            </span>
            {person.blocked && (
              <span class="person-blocked" title={text.people.blocked}>
                <Icon name="block" size={16} />
                <span class="unseen">{text.people.blocked}</span>
              </span>
            )}
            {person.unread > 0 && (
              <span class="badge">
                <span aria-hidden="true">{person.unread > 99 ? '99+' : person.unread}</span>
                <span class="unseen">{text.people.unread(person.unread)}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});

function lastLine(person: Person, text: ReturnType<typeof usePage>['text']): string {
  if (person.lastMessage) return wordsOfKind(person.lastMessage.text, text);
  return person.started ? text.people.nothingYet : text.people.notStarted;
}
