import { trackOf, urgentReasons, type Conduct, type Domain, type UrgentReason } from '../taxonomy.js';
import { findHits, scoreOf, wordsOf, type Hit } from './families.js';
import { proposeKind } from './kind.js';
import { normalizeReport } from './normalize.js';
import type { Confidence, Guess, Proposal } from './proposal.js';
import { hintsAtFavours } from './suspicion.js';
import { proposeTier } from './tier.js';
import { conductEn, integrityEn } from './words/conduct-en.js';
import { conductZh } from './words/conduct-zh.js';
import { domainEn } from './words/domain-en.js';
import { asides, domainZh } from './words/domain-zh.js';
import { integrityCues } from './words/integrity-cues.js';
import { integrityZh } from './words/integrity-zh.js';
import { notUrgent, urgency } from './words/urgency.js';

/** The score from which words make a report urgent, or seal it as corruption (rules §1). */
const decidingScore = 3;

/**
 * Proposes kind, domain, conduct, track, urgency and tier from a report's words (rules §1). Takes the text in
 * Chinese, English or both, and the calendar year it was written in to recognise old matters. Refuses nothing:
 * where the words are silent it answers with a guess that names no words. A person decides.
 */
export function classify(text: string, written?: { readonly year: number }): Proposal {
  const report = normalizeReport(text);
  const latin = hasLatin(report);
  const hits = findHits(report, [
    ...conductZh,
    ...(latin ? conductEn : []),
    ...integrityZh,
    ...(latin ? integrityEn : []),
    ...integrityCues,
  ]);
  const integrityScore = scoreOf(hits, 'extortion') + scoreOf(hits, 'integrity');
  const domain = proposeDomain(report);
  const conduct = proposeConduct({ hits, integrityScore, domain: domain.value });
  const kind = proposeKind({
    text: report,
    integrityScore,
    conductScore: strengthOf(hits),
    conductWords: conduct.because,
  });
  const urgentReason = kind.value === 'complaint' ? findUrgency(report) : undefined;
  return {
    kind,
    domain,
    conduct,
    track: kind.value === 'complaint' ? trackOf(conduct.value) : 'service',
    suspect: integrityScore > 0 || hintsAtFavours(report),
    urgent: urgentReason !== undefined,
    ...(urgentReason === undefined ? {} : { urgentReason }),
    tier: proposeTier({ text: report, kind: kind.value, conduct: conduct.value, year: written?.year }),
  };
}

function proposeDomain(report: string): Guess<Domain> {
  const matter = report.replace(asides, ' ');
  const hits = findHits(matter, [...domainZh, ...(hasLatin(matter) ? domainEn : [])]);
  return strongest(hits, domainOrder, 'other');
}

/** English words are looked for where there may be any: most of the time of a classification goes into looking. */
const hasLatin = (text: string): boolean => /[a-z]/i.test(text);

/** Equal scores go to the narrower domain. */
const domainOrder: readonly Domain[] = [
  'arrears',
  'bidding',
  'intermediaries',
  'finance',
  'utilities',
  'policy',
  'enforcement',
  'approval',
  'other',
];

/** Equal scores go to the conduct that is the graver and the more specific. */
const serviceOrder: readonly Conduct[] = ['buck', 'coldness', 'abuse', 'inaction', 'delay'];
const sealedOrder: readonly Conduct[] = ['extortion', 'integrity'];

type ConductInput = {
  readonly hits: readonly Hit<Conduct>[];
  readonly integrityScore: number;
  readonly domain: Domain;
};

/** Words of corruption outrank all others: a bribe reported to the office that takes it is the worst error. */
function proposeConduct({ hits, integrityScore, domain }: ConductInput): Guess<Conduct> {
  if (integrityScore >= decidingScore) return strongest(hits, sealedOrder, 'integrity');
  return strongest(hits, serviceOrder, domain === 'arrears' ? 'delay' : 'inaction');
}

/** Nearly every complaint tells how long things have lasted: time alone must not outshout what was done. */
const mostForDelay = 3.5;

function strongest<T extends string>(hits: readonly Hit<T>[], order: readonly T[], otherwise: T): Guess<T> {
  const ranked = order
    .map((value) => ({
      value,
      score: value === 'delay' ? Math.min(mostForDelay, scoreOf(hits, value)) : scoreOf(hits, value),
    }))
    .toSorted((one, other) => other.score - one.score);
  const [best, second] = ranked;
  if (best === undefined || best.score <= 0) return { value: otherwise, confidence: 'guess', because: [] };
  return {
    value: best.value,
    confidence: confidenceOf(best.score, second?.score ?? 0),
    because: wordsOf(hits, best.value),
  };
}

function confidenceOf(best: number, second: number): Confidence {
  if (best >= 3 && best - second >= 2) return 'sure';
  return best >= 2 && best - second >= 1 ? 'likely' : 'guess';
}

/** The strongest conduct in full, what the others add by half. */
function strengthOf(hits: readonly Hit<Conduct>[]): number {
  const scores = [...serviceOrder, ...sealedOrder].map((value) => scoreOf(hits, value));
  const best = Math.max(...scores);
  return best + (scores.reduce((sum, score) => sum + score, 0) - best) / 2;
}

function findUrgency(report: string): UrgentReason | undefined {
  const hits = findHits(report.replace(notUrgent, ' '), urgency);
  const [first] = urgentReasons
    .map((reason) => ({ reason, score: scoreOf(hits, reason) }))
    .filter(({ score }) => score >= decidingScore)
    .toSorted((one, other) => other.score - one.score);
  return first?.reason;
}
