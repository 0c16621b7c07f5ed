/**
 * What each person has to be told of a case, told from the case's own history and in the judge's own words (rules §2, §4):
 * what the program derived from the same history is what is being judged.
 */
import type { ClockName } from '../src/domain/clock-names.js';
import { catalogs } from '../src/text/catalog.js';
import { cast } from './organisation.js';
import type { StoredCase } from './truth.js';

export interface Expectation {
  readonly telegramId: number;
  /** The first line of what he reads. */
  readonly headline: string;
  readonly atLeast: number;
  readonly atMost: number;
}

type Audience = 'owner' | 'handler' | 'officers' | 'head' | 'duty' | 'supervisor' | 'leader';

const { notices, words } = catalogs.zh;

/** Who is told what by which step of a case's life. */
const told: Readonly<Record<string, readonly (readonly [Audience, string])[]>> = {
  propose: [['duty', notices.triage]],
  dispatch: [
    ['officers', notices.dispatched],
    ['head', notices.dispatchedHead],
    ['owner', notices['progress-dispatched']],
  ],
  sign: [['owner', notices.signed]],
  contact: [['owner', notices.message]],
  submit: [
    ['duty', notices.submitted],
    ['supervisor', notices.submitted],
    ['head', notices['submitted-head']],
    ['owner', notices['progress-submitted']],
  ],
  close: [
    ['owner', notices.survey],
    ['handler', notices['struck-off']],
    ['head', notices['struck-off']],
  ],
};

const ladder: Readonly<Partial<Record<ClockName, Readonly<Record<string, readonly Audience[]>>>>> = {
  dispatch: { R3: ['duty'], E1: ['supervisor'], E2: ['leader'] },
  sign: { R3: ['officers'], E1: ['head'], E2: ['supervisor'] },
  contact: { R3: ['handler'], E1: ['head'], E2: ['supervisor'] },
  check: { R3: ['duty'], E1: ['supervisor'], E2: ['leader'] },
};

export function expectedOf(
  c: StoredCase,
  owner: number,
  handler: number | undefined,
): readonly Expectation[] {
  const people = (audience: Audience): readonly number[] => {
    switch (audience) {
      case 'owner':
        return [owner];
      case 'handler':
        return handler === undefined ? [] : [handler];
      case 'officers':
        return cast.officers;
      case 'duty':
        return cast.duties;
      default:
        return [cast[audience]];
    }
  };
  // A colleague's card is dropped, or never sent, once somebody else has signed.
  const mayMiss = (audience: Audience, telegramId: number): boolean =>
    audience === 'officers' && handler !== undefined && telegramId !== handler;
  const found = new Map<string, Expectation>();
  const expect = (audience: Audience, headline: string, surely: boolean): void => {
    for (const telegramId of people(audience)) {
      const key = `${telegramId} ${headline}`;
      const before = found.get(key);
      const least = surely && !mayMiss(audience, telegramId) ? 1 : 0;
      found.set(key, {
        telegramId,
        headline,
        atLeast: (before?.atLeast ?? 0) + least,
        atMost: (before?.atMost ?? 0) + 1,
      });
    }
  };
  for (const { transition } of c.history)
    for (const [audience, headline] of told[transition] ?? []) expect(audience, headline, true);
  // Of several steps that fell due together the latest is told; the history says which.
  const rung = new Set(
    c.history.flatMap(({ transition, detail = '' }) => (transition === 'timed' ? detail.split(' ') : [])),
  );
  for (const { name, stepsDone, stoppedAt } of c.clocks) {
    for (const step of stepsDone) {
      // A reminder whose clock has stopped before it was sent is dropped.
      const surely = stoppedAt === null && rung.has(step);
      for (const audience of ladder[name]?.[step] ?? [])
        expect(audience, notices.clock({ clock: words.clock[name], step }), surely);
    }
  }
  return [...found.values()];
}
