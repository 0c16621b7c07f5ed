import type { JSX } from 'preact';
import { usePage } from '../page-context.js';

const shownMs = 1_200;

/** What a message answers; pressing goes there, when it is loaded. */
export function ReplyQuote({
  messageId,
  line,
}: {
  readonly messageId: number;
  readonly line: string;
}): JSX.Element {
  const { text } = usePage();
  const go = (event: MouseEvent): void => {
    if (!(event.currentTarget instanceof Element)) return;
    const answered = event.currentTarget.closest('.messages')?.querySelector(`[data-message="${messageId}"]`);
    answered?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    answered?.animate([{ opacity: 0.35 }, { opacity: 1 }], shownMs);
  };
  return (
    <button type="button" class="reply-quote" aria-label={`${text.compose.replyingTo}: ${line}`} onClick={go}>
      {line}
    </button>
  );
}
