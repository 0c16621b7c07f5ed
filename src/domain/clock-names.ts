/** The clocks a case can have, and the sets of them that rows of the transition table stop together (rules §3). */

export const clockNames = [
  'dispatch',
  'sign',
  'contact',
  'resolve',
  'redo',
  'check',
  'sealed-answer',
  'sealed-decision',
  'survey',
  'look-back',
  'list-report',
  'charge-report',
  'receipt',
] as const;
export type ClockName = (typeof clockNames)[number];

/** The clocks of a department's own work: the first handling and every redo. At most one of them runs. */
export const workClockNames = ['resolve', 'redo'] as const;

/** What is owed from dispatch to check; a raise to another department begins it anew. */
export const handlingClockNames = ['dispatch', 'sign', 'contact', ...workClockNames, 'check'] as const;

/** The reports that a listed case, or one with a leader in charge, owes. */
export const reportClockNames = ['list-report', 'charge-report'] as const;

/** Everything an open service case can owe: it ends with a withdrawal. */
export const openClockNames = [...handlingClockNames, ...reportClockNames] as const;

/** … and what a closed one owes: sealing takes all of it from the service track. */
export const serviceClockNames = [...openClockNames, 'survey', 'look-back'] as const;
