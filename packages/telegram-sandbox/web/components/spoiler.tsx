import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../page-context.js';

/** Covered words; pressing uncovers them. */
export function Spoiler({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const { text } = usePage();
  const [open, setOpen] = useState(false);
  if (open) return <span class="spoiler-open">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label={text.message.spoiler} onClick={() => setOpen(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
