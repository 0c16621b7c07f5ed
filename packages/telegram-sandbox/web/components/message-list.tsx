import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Person, ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import { summaryOf } from '../rich/summary.js';
import { timeline } from '../rich/timeline.js';
import type { Chat } from '../store/state.js';
import type { Text } from '../text/text.js';
import { dayName } from '../times.js';
import type { Reference } from './chat-column.js';
import { ChatIntro } from './chat-intro.js';
import { Icon } from './icon.js';
import { MessageGroup } from './message-group.js';

const nearEndPx = 60;
const nearStartPx = 240;

export interface MessageListProps {
  readonly person: Person;
  readonly chat: Chat;
  readonly onRefer: (reference: Reference) => void;
}

/** The messages, oldest on top. Stays at the newest while the reader is there, and keeps its place when older ones load. */
export function MessageList({ person, chat, onRefer }: MessageListProps): JSX.Element {
  const { text, words, actions } = usePage();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // Where the first and the last bubble stood after the last drawing: one of them stays when pages come and go.
  const before = useRef<readonly Mark[]>([]);
  const atEnd = useRef(true);
  const items = useMemo(() => timeline(chat.messages), [chat.messages]);
  const byId = useMemo(() => new Map(chat.messages.map((one) => [one.messageId, one])), [chat.messages]);

  const toEnd = (): void => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };

  const goToNewest = async (): Promise<void> => {
    if (chat.hasNewer) {
      atEnd.current = true;
      await actions.newest(person.id);
      actions.setAtEnd(person.id, true);
    }
    toEnd();
  };

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (atEnd.current) toEnd();
    else box.scrollTop += shiftOf(box, before.current);
    before.current = marksIn(box);
  }, [items]);

  useEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (!box || !inner) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    observer.observe(box);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) return;
    const toCome = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (chat.hasNewer && toCome < nearStartPx) void actions.newer(person.id);
    const nowAtEnd = !chat.hasNewer && toCome < nearEndPx;
    if (nowAtEnd !== atEnd.current) {
      atEnd.current = nowAtEnd;
      actions.setAtEnd(person.id, nowAtEnd);
    }
    if (box.scrollTop < nearStartPx) void actions.older(person.id);
  };

  return (
    <>
      <div
        ref={scroller}
        class="messages"
        role="log"
        aria-live="off"
        aria-label={text.chat.messages(words(person.label))}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={content} class="messages-content">
          {chat.loaded && items.length === 0 && !person.started && <ChatIntro person={person} />}
          {items.map((item) =>
            item.kind === 'day' ? (
              <p key={item.key} class="day-mark">
                {dayName(item.date, text)}
              </p>
            ) : (
              <MessageGroup
                key={item.key}
                personId={person.id}
                messages={item.messages}
                tail={item.tail}
                quoted={quotedBy(item.messages[0], byId, text)}
                onRefer={onRefer}
              />
            ),
          )}
        </div>
      </div>
      {chat.loadingOlder && <p class="day-mark loading-older">{text.chat.loadingOlder}</p>}
      {!chat.atEnd && (
        <button
          type="button"
          class="to-newest"
          aria-label={text.chat.toNewest}
          title={text.chat.toNewest}
          onClick={() => void goToNewest()}
        >
          <Icon name="down" />
          {person.unread > 0 && <span class="badge">{person.unread}</span>}
        </button>
      )}
    </>
  );
}

interface Mark {
  readonly id: string | undefined;
  readonly top: number;
}

function marksIn(box: HTMLElement): readonly Mark[] {
  const bubbles = box.querySelectorAll<HTMLElement>('.message');
  return [bubbles[0], bubbles[bubbles.length - 1]].flatMap((bubble) =>
    bubble ? [{ id: bubble.dataset['message'], top: bubble.offsetTop }] : [],
  );
}

/** How far (px) what the reader looks at has moved since the marks were taken. */
function shiftOf(box: HTMLElement, marks: readonly Mark[]): number {
  for (const { id, top } of marks) {
    const bubble = box.querySelector<HTMLElement>(`.message[data-message="${id}"]`);
    if (bubble) return bubble.offsetTop - top;
  }
  return 0;
}

// The answered message as it is now; the server sends only the words it had, and none for a picture.
function quotedBy(
  { replyTo }: ViewMessage,
  byId: ReadonlyMap<number, ViewMessage>,
  text: Text,
): string | undefined {
  const answered = replyTo && byId.get(replyTo.messageId);
  return answered && summaryOf(answered, text);
}
