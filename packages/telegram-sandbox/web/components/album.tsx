import type { JSX } from 'preact';
import type { ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import { MessageContent } from './message-content.js';

/** The items of an album: pictures as a mosaic, files one under another. */
export function Album({ messages }: { readonly messages: readonly ViewMessage[] }): JSX.Element {
  const { text } = usePage();
  const pictures = messages.every((message) => message.photo !== undefined || message.video !== undefined);
  return (
    <div
      class={pictures ? 'album' : 'album-files'}
      data-count={messages.length}
      role="group"
      aria-label={text.message.album(messages.length)}
    >
      {messages.map((message) => (
        <MessageContent key={message.messageId} message={message} />
      ))}
    </div>
  );
}
