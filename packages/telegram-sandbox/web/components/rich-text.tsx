import type { ComponentChildren, JSX } from 'preact';
import type { Entity } from '../model.js';
import { usePage } from '../page-context.js';
import { drawnText, linkOf, richNodes, type RichNode } from '../rich/entities.js';
import { Quote } from './quote.js';
import { Spoiler } from './spoiler.js';

export interface RichTextProps {
  readonly personId: number;
  readonly text: string;
  readonly entities: readonly Entity[] | undefined;
}

/** A message's words with Telegram's formatting. Nothing in the text is ever read as markup. */
export function RichText({ personId, text, entities }: RichTextProps): JSX.Element {
  return (
    <div class="words" dir="auto">
      <RichNodes personId={personId} nodes={richNodes(text, entities)} />
    </div>
  );
}

function RichNodes({
  personId,
  nodes,
}: {
  readonly personId: number;
  readonly nodes: readonly RichNode[];
}): JSX.Element {
  return (
    <>
      {nodes.map((node, at) =>
        'text' in node ? (
          drawnText(node.text, nodes[at - 1])
        ) : (
          <Formatted key={at} personId={personId} entity={node.entity} source={node.source}>
            <RichNodes personId={personId} nodes={node.children} />
          </Formatted>
        ),
      )}
    </>
  );
}

interface FormattedProps {
  readonly personId: number;
  readonly entity: Entity;
  readonly source: string;
  readonly children: ComponentChildren;
}

function Formatted({ personId, entity, source, children }: FormattedProps): JSX.Element {
  const { actions } = usePage();
  const link = linkOf(entity, source);
  if (link !== undefined) {
    const follow = (event: Event): void => {
      event.preventDefault();
      actions.follow(personId, link);
    };
    return (
      <a href={link} target="_blank" rel="noopener noreferrer" onClick={follow}>
        {children}
      </a>
    );
  }
  switch (entity.type) {
    case 'bold':
      return <b>{children}</b>;
    case 'italic':
      return <i>{children}</i>;
    case 'underline':
      return <u>{children}</u>;
    case 'strikethrough':
      return <s>{children}</s>;
    case 'code':
      return <code>{children}</code>;
    case 'pre':
      return <pre data-language={entity.language}>{children}</pre>;
    case 'spoiler':
      return <Spoiler>{children}</Spoiler>;
    case 'blockquote':
      return <Quote expandable={false}>{children}</Quote>;
    case 'expandable_blockquote':
      return <Quote expandable>{children}</Quote>;
    case 'bot_command':
      return (
        <button type="button" class="link" onClick={() => void actions.say(personId, source)}>
          {children}
        </button>
      );
    case 'hashtag':
    case 'cashtag':
    case 'text_mention':
      return <span class="link">{children}</span>;
    default:
      return <>{children}</>;
  }
}
