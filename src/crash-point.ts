/**
 * The boundaries between one durable step and the next: whoever dies at one of them must leave nothing lost and nothing
 * doubled. In the program passing one does nothing; a judge from outside may have the process killed there.
 */
export const crashPoints = [
  'update-stored',
  'update-taken',
  'update-handled',
  'report-stored',
  'case-filed',
  'state-saved',
  'deliveries-inserted',
  'outbox-pulled',
  'enqueued',
  'claimed',
  'sending-noted',
  'request-written',
  'answer-received',
  'id-stored',
  'edited',
  'woken',
  'wake-saved',
  'key-destroyed',
] as const;
export type CrashPointName = (typeof crashPoints)[number];

/** Called when a boundary is passed. */
export type CrashPoint = (name: CrashPointName) => void;
