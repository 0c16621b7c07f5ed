import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.js';

export interface MenuItem {
  readonly icon: IconName;
  readonly label: string;
  readonly grave?: boolean;
  /** Starts a new group with this heading. */
  readonly heading?: string;
  readonly onSelect: () => void;
}

export interface PopupMenuProps {
  readonly label: string;
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
  readonly size?: number;
}

/** A button that opens a menu: arrows move, Enter chooses, Escape and a press elsewhere close it. */
export function PopupMenu(props: PopupMenuProps): JSX.Element {
  const { label, icon, items, size = 22 } = props;
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const close = (): void => {
    setShown(false);
    opener.current?.focus();
  };

  useLayoutEffect(() => {
    if (shown && menu.current && opener.current) place(menu.current, opener.current.getBoundingClientRect());
  }, [shown]);

  useEffect(() => {
    if (!shown) return;
    menuItems(box.current)[0]?.focus({ preventScroll: true });
    // When what the button lies in moves, the menu would stay behind.
    const fold = (event: Event): void => {
      if (event.target instanceof Node && event.target.contains(box.current)) setShown(false);
    };
    const leave = (event: Event): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setShown(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('scroll', fold, true);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('scroll', fold, true);
    };
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return close();
    }
    if (event.key === 'Tab') return setShown(false);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = menuItems(box.current);
    const at = all.findIndex((one) => one === document.activeElement);
    all[(at + step + all.length) % all.length]?.focus();
  };

  return (
    <div class="popup" ref={box}>
      <button
        ref={opener}
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        <Icon name={icon} size={size} />
      </button>
      {shown && (
        <div
          ref={menu}
          class="popup-menu"
          popover="manual"
          role="menu"
          aria-label={label}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <div key={item.label} role="none">
              {item.heading !== undefined && <p class="popup-heading">{item.heading}</p>}
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                class={item.grave === true ? 'grave' : undefined}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                <Icon name={item.icon} size={20} />
                {item.label}
              </button>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

const marginPx = 8;

// In the browser's top layer nothing cuts the menu off; it opens below its button, above it where there is no room.
function place(menu: HTMLElement, opener: DOMRect): void {
  menu.showPopover();
  const { offsetWidth, offsetHeight } = menu;
  const left = opener.right - offsetWidth < marginPx ? opener.left : opener.right - offsetWidth;
  const fitsBelow = opener.bottom + offsetHeight + marginPx <= window.innerHeight;
  const top = fitsBelow ? opener.bottom : opener.top - offsetHeight;
  menu.style.left = `${Math.max(marginPx, Math.min(left, window.innerWidth - offsetWidth - marginPx))}px`;
  menu.style.top = `${Math.max(marginPx, top)}px`;
}

function menuItems(box: HTMLElement | null): readonly HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}
