/** The hash chain of the audit: each entry names the one before it, all of them keyed; and the search for what is wrong with one. */
import {
  canonicalAnchor,
  canonicalEntry,
  type AuditAnchor,
  type AuditEntry,
  type AuditFact,
} from './domain/audit.js';
import type { Seal } from './seal.js';

/** What stands before the first entry. */
export const beginning = { seq: 0, hash: 'begin' } as const;

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** Whole HMAC-SHA-256, in base64url. */
const length = 43;

export const linkOf = (
  seal: Pick<Seal, 'tag'>,
  { seq, hash: prev }: ChainHead,
  fact: AuditFact,
): AuditEntry => ({
  ...fact,
  seq: seq + 1,
  prev,
  hash: seal.tag('audit', canonicalEntry(fact, seq + 1, prev), length),
});

export const anchorOf = (seal: Pick<Seal, 'tag'>, { seq, hash }: ChainHead, at: Date): AuditAnchor => ({
  seq,
  hash,
  at,
  signature: seal.tag('audit anchor', canonicalAnchor({ seq, hash, at }), length),
});

export type Finding =
  /** The entry does not say what it said when it was chained. */
  | { readonly kind: 'edited'; readonly seq: number }
  /** Entries are missing before this one. */
  | { readonly kind: 'missing'; readonly seq: number }
  /** The entry does not follow from the one before it. */
  | { readonly kind: 'torn'; readonly seq: number }
  /** An anchor names an entry that is not there any more. */
  | { readonly kind: 'cut'; readonly seq: number }
  /** An anchor names another content at this place. */
  | { readonly kind: 'rewritten'; readonly seq: number }
  /** The anchor was not made by the program. */
  | { readonly kind: 'anchor-forged'; readonly seq: number };

export interface Verified {
  readonly entries: number;
  readonly head: ChainHead;
  readonly anchors: number;
  readonly findings: readonly Finding[];
}

export interface GivenAnchor extends ChainHead {
  /** Absent on a head that a person has read to us from a chat. */
  readonly signed?: AuditAnchor;
}

/** Walks the whole chain in the order of its numbers and holds it against the anchors that were kept outside. */
export async function verifyChain(
  seal: Pick<Seal, 'tag'>,
  entries: AsyncIterable<AuditEntry>,
  anchors: readonly GivenAnchor[],
): Promise<Verified> {
  const findings: Finding[] = anchors
    .filter((anchor) => isForged(seal, anchor))
    .map(({ seq }) => ({ kind: 'anchor-forged', seq }));
  const open = new Map<number, GivenAnchor[]>();
  for (const anchor of anchors) open.set(anchor.seq, [...(open.get(anchor.seq) ?? []), anchor]);
  let head: ChainHead = beginning;
  let count = 0;
  for await (const entry of entries) {
    count++;
    const { seq } = entry;
    if (seq !== head.seq + 1) findings.push({ kind: 'missing', seq });
    else if (entry.prev !== head.hash) findings.push({ kind: 'torn', seq });
    if (linkOf(seal, { seq: seq - 1, hash: entry.prev }, entry).hash !== entry.hash)
      findings.push({ kind: 'edited', seq });
    if (open.get(seq)?.some(({ hash }) => hash !== entry.hash)) findings.push({ kind: 'rewritten', seq });
    open.delete(seq);
    head = entry;
  }
  for (const seq of open.keys()) if (seq !== beginning.seq) findings.push({ kind: 'cut', seq });
  return { entries: count, head: { seq: head.seq, hash: head.hash }, anchors: anchors.length, findings };
}

const isForged = (seal: Pick<Seal, 'tag'>, { signed }: GivenAnchor): boolean =>
  signed !== undefined && anchorOf(seal, signed, signed.at).signature !== signed.signature;
