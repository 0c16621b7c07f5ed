import type { Kind } from '../taxonomy.js';
import { findHits, scoreOf, type Hit, wordsOf } from './families.js';
import { withoutQuotations } from './normalize.js';
import type { Confidence, Guess } from './proposal.js';
import { speechEn } from './words/kind-en.js';
import { speechZh } from './words/kind-zh.js';
import { turnings, type Speech } from './words/speech.js';

export type KindInput = {
  readonly text: string;
  /** How strongly the words for a conduct speak, the strongest conduct counted in full. */
  readonly conductScore: number;
  readonly conductWords: readonly string[];
  readonly integrityScore: number;
};

type Force = Readonly<Record<Speech, number>>;

/**
 * Tells a complaint from a question, a suggestion and praise. A doubt goes to the complaint, since a person looks
 * at every complaint and nobody has to answer praise.
 */
export function proposeKind(input: KindInput): Guess<Kind> {
  const plain = withoutQuotations(input.text);
  const hits = findHits(plain, [...speechZh, ...speechEn]);
  const force = forceOf(hits);
  const grievance = input.conductScore + force.grievance + force.rhetoric;
  const guess = (value: Kind, confidence: Confidence, ...speeches: Speech[]): Guess<Kind> => ({
    value,
    confidence,
    because: speeches.flatMap((speech) => wordsOf(hits, speech)).slice(0, 5),
  });

  if (input.integrityScore >= 3) {
    return { value: 'complaint', confidence: 'sure', because: input.conductWords };
  }
  if (isPraise({ hits, force, grievance, text: plain })) {
    return guess('praise', grievance < 2 ? 'sure' : 'likely', 'praise', 'thanks');
  }
  if (force.suggestion >= 3 && force.rhetoric === 0 && grievance < 4.5 + (force.suggestion > 3 ? 0.5 : 0)) {
    return guess('suggestion', grievance < 2 ? 'sure' : 'likely', 'suggestion');
  }
  if (force.hypothesis >= 3 && force.rhetoric === 0 && grievance < 5) {
    return guess('consultation', 'likely', 'hypothesis', 'question');
  }
  if (force.question >= 3 && force.rhetoric === 0 && grievance < 3) {
    return guess('consultation', grievance < 2 ? 'sure' : 'likely', 'question');
  }
  if (force.question >= 1 && force.rhetoric === 0 && grievance < 2) {
    return guess('consultation', 'likely', 'question');
  }
  if (grievance < 1 && force.praise + force.thanks > 0) return guess('praise', 'guess', 'praise', 'thanks');

  const own = wordsOf(hits, 'grievance').concat(wordsOf(hits, 'rhetoric'));
  return {
    value: 'complaint',
    confidence: complaintConfidence(grievance, force),
    because: [...own, ...input.conductWords].slice(0, 5),
  };
}

function complaintConfidence(grievance: number, force: Force): Confidence {
  const against = force.praise + force.suggestion + (force.rhetoric > 0 ? 0 : force.question);
  if (grievance >= 3 && against < 3) return 'sure';
  return grievance >= 2 ? 'likely' : 'guess';
}

function forceOf(hits: readonly Hit<Speech>[]): Force {
  return {
    grievance: scoreOf(hits, 'grievance'),
    rhetoric: scoreOf(hits, 'rhetoric'),
    question: scoreOf(hits, 'question'),
    hypothesis: scoreOf(hits, 'hypothesis'),
    suggestion: scoreOf(hits, 'suggestion'),
    praise: scoreOf(hits, 'praise'),
    thanks: scoreOf(hits, 'thanks'),
    solved: scoreOf(hits, 'solved'),
  };
}

type PraiseInput = {
  readonly hits: readonly Hit<Speech>[];
  readonly force: Force;
  readonly grievance: number;
  readonly text: string;
};

/** Praise that turns ("but …") or stands beside an open grievance is the politeness of a complaint. */
function isPraise({ hits, force, grievance, text }: PraiseInput): boolean {
  if (force.rhetoric > 0 || force.praise < 2) return false;
  if (force.solved >= 3 && force.praise >= 2) return grievance < 9 && !turnsSour(text, hits);
  if (force.praise >= 4) return grievance < 2 || (grievance < 3 && !turnsSour(text, hits));
  return grievance < 1 && force.question < 3 && force.suggestion < 3;
}

function turnsSour(text: string, hits: readonly Hit<Speech>[]): boolean {
  const lastPraise = Math.max(...hits.filter((hit) => hit.means === 'praise').map((hit) => hit.at), 0);
  return [...text.matchAll(turnings)].some((turn) => turn.index > 0 && turn.index > lastPraise);
}
