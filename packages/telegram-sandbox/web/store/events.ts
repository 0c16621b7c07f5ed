import type { ViewMessage } from '../model.js';

/** One event of the server's stream, as this page uses it. */
export type LiveEvent =
  | { readonly type: 'message'; readonly personId: number; readonly message: ViewMessage }
  | { readonly type: 'edit'; readonly personId: number; readonly message: ViewMessage }
  | { readonly type: 'delete'; readonly personId: number; readonly messageId: number }
  | { readonly type: 'typing'; readonly personId: number }
  | { readonly type: 'commands'; readonly personId: number }
  | {
      readonly type: 'answer';
      readonly personId: number;
      readonly text?: string;
      readonly showAlert?: boolean;
    }
  | { readonly type: 'people' }
  | {
      readonly type: 'person';
      readonly personId: number;
      readonly unread: number;
      readonly started: boolean;
    }
  | { readonly type: 'tour'; readonly done: readonly string[] }
  | { readonly type: 'clock' };

const eventTypes = [
  'message',
  'edit',
  'delete',
  'typing',
  'commands',
  'answer',
  'people',
  'person',
  'tour',
  'clock',
] as const;

const firstPauseMs = 500;
const longestPauseMs = 5_000;

export interface EventsOptions {
  readonly onOpen: () => void;
  readonly onLost: () => void;
  readonly onEvent: (event: LiveEvent) => void;
}

/** Follows the server's events for as long as the page lives, coming back by itself after every break. */
export function followEvents({ onOpen, onLost, onEvent }: EventsOptions): void {
  let pauseMs = firstPauseMs;
  const connect = (): void => {
    const source = new EventSource('/sandbox/events');
    source.addEventListener('open', () => {
      pauseMs = firstPauseMs;
      onOpen();
    });
    source.addEventListener('error', () => {
      // The browser's own retry gives up for good on some answers; ours never does.
      source.close();
      onLost();
      setTimeout(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
    for (const type of eventTypes) {
      source.addEventListener(type, (event: MessageEvent<string>) => {
        onEvent({ ...(JSON.parse(event.data) as object), type } as LiveEvent);
      });
    }
  };
  connect();
}
