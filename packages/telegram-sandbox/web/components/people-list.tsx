import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useMemo, useState } from 'preact/hooks';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import type { PageState } from '../store/state.js';
import { Icon } from './icon.js';
import { PersonRow } from './person-row.js';

const searchFrom = 8;

export interface PeopleListProps {
  readonly people: readonly Person[];
  readonly open: readonly number[];
  readonly connection: PageState['connection'];
}

/** Everyone whose role can be played, by group, with a search once they are many. */
export const PeopleList = memo(function PeopleList({
  people,
  open,
  connection,
}: PeopleListProps): JSX.Element {
  const { text, words } = usePage();
  const [wanted, setWanted] = useState('');
  const groups = useMemo(() => groupPeople(people, wanted), [people, wanted]);
  return (
    <nav class="people" aria-label={text.page.people}>
      {people.length >= searchFrom && (
        <label class="search">
          <Icon name="search" size={18} />
          <input
            type="search"
            value={wanted}
            placeholder={text.page.findPerson}
            aria-label={text.page.findPerson}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="people-groups">
        {people.length === 0 && (
          <p class="hint">{connection === 'open' ? text.page.connecting : text.page.waiting}</p>
        )}
        {people.length > 0 && groups.length === 0 && <p class="hint">{text.page.nobodyFound}</p>}
        {groups.map((group) => (
          <section key={group.key} aria-label={words(group.name)}>
            <h2>{words(group.name)}</h2>
            <ul>
              {group.people.map((person) => (
                <PersonRow key={person.id} person={person} shown={open.includes(person.id)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
});

interface Group {
  readonly key: string;
  readonly name: Person['group'];
  readonly people: readonly Person[];
}

function groupPeople(people: readonly Person[], wanted: string): readonly Group[] {
  const needle = wanted.trim().toLowerCase();
  const groups = new Map<string, { key: string; name: Person['group']; people: Person[] }>();
  for (const person of people) {
    if (needle !== '' && !searchable(person).includes(needle)) continue;
    const key = person.group.en;
    const group = groups.get(key) ?? { key, name: person.group, people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function searchable({ label, group, firstName, lastName, username }: Person): string {
  return [label.zh, label.en, group.zh, group.en, firstName, lastName, username].join(' ').toLowerCase();
}
