// Where the keyboard goes when a chat opens or closes: without it a reader of the screen would be left nowhere.

// The page is drawn anew after the state has changed; only then is there something to focus.
function afterDrawing(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}

/** Into the field of a person's chat; on a touch screen to its messages, so that no keyboard jumps up. */
export function focusChat(personId: number): void {
  const inside = window.matchMedia('(pointer: coarse)').matches
    ? '.messages'
    : '.composer textarea, .foot-button';
  afterDrawing(() => {
    const column = document.querySelector(`.column[data-person="${personId}"]`);
    column?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    column?.querySelector<HTMLElement>(inside)?.focus();
  });
}

/** Back to a person in the list. */
export function focusPerson(personId: number): void {
  afterDrawing(() => document.querySelector<HTMLElement>(`.person[data-person="${personId}"]`)?.focus());
}

/** Alt with a digit goes to the chat in that place, counted from the left. */
export function followShortcuts(): void {
  document.addEventListener('keydown', (event) => {
    const place = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (place === undefined || !event.altKey || event.ctrlKey || event.metaKey) return;
    const column = document.querySelectorAll<HTMLElement>('.column')[Number(place) - 1];
    if (!column) return;
    event.preventDefault();
    focusChat(Number(column.dataset['person']));
  });
}
