import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../page-context.js';

/** A block quotation; an expandable one shows three lines until it is opened. */
export function Quote({
  expandable,
  children,
}: {
  readonly expandable: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { text } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <blockquote class="quote" data-folded={expandable && !open}>
      <div>{children}</div>
      {expandable && (
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? text.message.collapse : text.message.expand}
        </button>
      )}
    </blockquote>
  );
}
