/** Texts for the administrator: how the system is, what was set aside. Counts and codes, never content. */

export interface TechnicalTexts {
  readonly health: (p: {
    readonly cases: string;
    readonly deliveries: string;
    readonly deadLetters: number;
  }) => string;
  readonly delivery: Readonly<Record<'pending' | 'held' | 'sent' | 'dropped' | 'dead', string>>;
  readonly dead: {
    readonly open: (count: number) => string;
    readonly title: (count: number) => string;
    readonly explained: string;
    readonly none: string;
    readonly unknown: string;
    /** Before a delivery's reference. */
    readonly delivery: string;
    readonly again: (ref: string) => string;
    readonly allAgain: (count: number) => string;
    readonly done: (count: number) => string;
    readonly nothing: string;
  };
  readonly alarm: {
    readonly phaseOne: string;
    readonly title: string;
    readonly updates: (count: number) => string;
    readonly deliveries: (count: number) => string;
    readonly heldUp: string;
    readonly heldUpNext: string;
    readonly unread: (count: number) => string;
    readonly unreadNext: string;
    readonly next: string;
    readonly look: string;
  };
}
