import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Command } from '../model.js';
import { usePage } from '../page-context.js';

/** The commands that begin with what was typed after “/”; none once a space follows. */
export function matchingCommands(commands: readonly Command[], draft: string): readonly Command[] {
  const typed = /^\/([a-z0-9_]*)$/i.exec(draft)?.[1]?.toLowerCase();
  return typed === undefined ? [] : commands.filter(({ command }) => command.startsWith(typed));
}

export interface CommandListProps {
  readonly id: string;
  readonly commands: readonly Command[];
  readonly chosen: number;
  readonly onChoose: (command: string) => void;
}

/** The bot's commands for this person; the field above moves through them with the arrows. */
export function CommandList({ id, commands, chosen, onChoose }: CommandListProps): JSX.Element {
  const { text } = usePage();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <ul ref={list} id={id} class="command-list" role="listbox" aria-label={text.compose.commands}>
      {commands.map(({ command, description }, at) => (
        <li
          key={command}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(command)}
        >
          <strong>/{command}</strong> <span>{description}</span>
        </li>
      ))}
    </ul>
  );
}
