/** What a report is, what it is about, what went wrong, and which way it therefore goes (rules §1). */

export const kinds = ['complaint', 'consultation', 'suggestion', 'praise'] as const;
export type Kind = (typeof kinds)[number];

/** Thanked and recorded; they go to no department unless a person turns them into a case (rules §1). */
export const endsInReceipt = (kind: Kind | undefined): boolean => kind === 'praise' || kind === 'suggestion';

export const domains = [
  'policy',
  'approval',
  'enforcement',
  'bidding',
  'utilities',
  'finance',
  'arrears',
  'intermediaries',
  'other',
] as const;
export type Domain = (typeof domains)[number];

export const conducts = ['inaction', 'delay', 'abuse', 'buck', 'coldness', 'extortion', 'integrity'] as const;
export type Conduct = (typeof conducts)[number];

export const tracks = ['service', 'integrity'] as const;
export type Track = (typeof tracks)[number];

export const tiers = ['consult', 'simple', 'general', 'complex', 'legacy'] as const;
export type Tier = (typeof tiers)[number];

export const urgentReasons = ['people', 'perishable', 'safety', 'deadline'] as const;
export type UrgentReason = (typeof urgentReasons)[number];

export const confidentialities = ['open', 'commission', 'locked'] as const;
export type Confidentiality = (typeof confidentialities)[number];

/** How the commission heard of a case that staff filed; one that the enterprise filed itself has none. */
export const sources = ['visit', 'call', 'meeting', 'import'] as const;
export type Source = (typeof sources)[number];

/** Takes a conduct, gives its track: the last two conducts are sealed, all others are service (rules §1). */
export function trackOf(conduct: Conduct): Track {
  return conduct === 'extortion' || conduct === 'integrity' ? 'integrity' : 'service';
}
