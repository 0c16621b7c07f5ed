import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import { summaryOf } from '../rich/summary.js';
import { timeOfDay } from '../times.js';
import { Album } from './album.js';
import type { Reference } from './chat-column.js';
import { Icon } from './icon.js';
import { InlineKeyboard } from './inline-keyboard.js';
import { MessageActions } from './message-actions.js';
import { MessageContent } from './message-content.js';
import { ReplyQuote } from './reply-quote.js';
import { RichText } from './rich-text.js';

export interface MessageGroupProps {
  readonly personId: number;
  readonly messages: readonly [ViewMessage, ...ViewMessage[]];
  readonly tail: boolean;
  /** What the answered message says, when this one answers another. */
  readonly quoted: string | undefined;
  readonly onRefer: (reference: Reference) => void;
}

/** One bubble: a message, or the messages of an album together. */
export const MessageGroup = memo(function MessageGroup({
  personId,
  messages,
  tail,
  quoted,
  onRefer,
}: MessageGroupProps): JSX.Element {
  const { text } = usePage();
  const [first] = messages;
  const last = messages.at(-1) ?? first;
  const captioned = messages.find((message) => message.caption !== undefined);
  const summary = summaryOf(first, text);
  const spoken = first.from === 'bot' ? text.message.botSays(summary) : text.message.youSay(summary);
  const rows = first.inlineKeyboard ?? [];
  const hasButtons = rows.length > 0;
  const edited = messages.some((message) => message.editDate !== undefined);
  return (
    <article
      class="message"
      data-from={first.from}
      data-tail={tail}
      data-buttons={hasButtons}
      data-message={first.messageId}
      aria-label={spoken}
    >
      <div class="bubble-line">
        <div class="bubble" data-shape={shapeOf(first, captioned)}>
          {first.forwarded === true && <p class="hint">{text.message.forwarded}</p>}
          {first.replyTo && (
            <ReplyQuote messageId={first.replyTo.messageId} line={quoted ?? first.replyTo.text} />
          )}
          {messages.length > 1 ? <Album messages={messages} /> : <MessageContent message={first} />}
          {captioned?.caption !== undefined && (
            <RichText personId={personId} text={captioned.caption} entities={captioned.captionEntities} />
          )}
          {first.text !== undefined && (
            <RichText personId={personId} text={first.text} entities={first.entities} />
          )}
          <span class="stamp">
            {first.protectContent === true && (
              <span title={text.message.protected}>
                <Icon name="lock" size={12} />
                <span class="unseen">{text.message.protected}</span>
              </span>
            )}
            {edited && <span>{text.message.edited}</span>}
            <time dateTime={new Date(last.date * 1000).toISOString()}>{timeOfDay(last.date, text)}</time>
          </span>
          {last.reaction !== undefined && last.reaction !== '' && (
            <span class="reaction" role="img" aria-label={text.message.reaction(last.reaction)}>
              {last.reaction}
            </span>
          )}
        </div>
        <MessageActions message={first} onRefer={onRefer} />
      </div>
      {hasButtons && <InlineKeyboard personId={personId} messageId={first.messageId} rows={rows} />}
    </article>
  );
}, sameGroup);

function sameGroup(before: MessageGroupProps, after: MessageGroupProps): boolean {
  return (
    before.tail === after.tail &&
    before.quoted === after.quoted &&
    before.personId === after.personId &&
    before.messages.length === after.messages.length &&
    before.messages.every((message, at) => message === after.messages[at])
  );
}

// A picture or a place alone fills its bubble and carries the time upon it; a file alone has the time beside its size.
function shapeOf(message: ViewMessage, captioned: ViewMessage | undefined): 'picture' | 'file' | 'words' {
  if (message.text !== undefined || captioned !== undefined || message.replyTo !== undefined) return 'words';
  if (message.photo ?? message.video ?? message.location) return 'picture';
  return (message.document ?? message.voice ?? message.audio) ? 'file' : 'words';
}
