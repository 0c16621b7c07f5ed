/** An update or a delivery that was set aside, as an administrator may see it: no content, no person. */
export interface DeadLetter {
  readonly kind: 'update' | 'delivery';
  readonly id: string;
  /** Of an update: what the person was told to ask by. */
  readonly ref: string;
  /** Unknown for what an earlier version set aside. */
  readonly buriedAt: Date | undefined;
  readonly errorClass: string | undefined;
}

/** A delivery that comes to no end, as an administrator may see it: no content, no person. */
export interface HeldUp {
  readonly ref: string;
  /** Real time. */
  readonly dueAt: Date | undefined;
  readonly errorClass: string | undefined;
}

/** Who has a dead letter handled again, and by which press. */
export interface Revival {
  readonly byPersonId: string;
  readonly causeId: string;
}
