import type { JSX } from 'preact';
import type { Notice } from '../store/state.js';

/** Short answers that come and go: what the bot answered to a press, and what could not be done. Spoken elsewhere. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }): JSX.Element {
  return (
    <div class="notices" aria-hidden="true">
      {notices.map((notice) => (
        <p key={notice.id} class="notice" data-tone={notice.tone}>
          {notice.text}
        </p>
      ))}
    </div>
  );
}
