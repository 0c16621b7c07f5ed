import type { Connection } from 'mongoose';
import { createAnswers } from './answers.js';
import { createAudit } from './audit.js';
import { createAuditWaiting } from './audit-waiting.js';
import { createBusinessTime } from './business-time.js';
import { createCalendarImports } from './calendar-imports.js';
import { createCards } from './cards.js';
import { createCases } from './cases.js';
import { createCaseWork } from './case-work.js';
import { createClosings } from './closings.js';
import { createDeadDeliveries } from './dead-deliveries.js';
import { createDeadLetters } from './dead-letters.js';
import { createDeliveries } from './deliveries.js';
import { createDeliveryHealth } from './delivery-health.js';
import { createDrafts } from './drafts.js';
import { createIdentities } from './identities.js';
import type { Keys } from './keys.js';
import { createInbox } from './inbox.js';
import { createInvites } from './invites.js';
import { createLetters } from './letters.js';
import { createLedger } from './ledger.js';
import { createMessages } from './messages.js';
import { createOrganisation } from './organisation.js';
import { createPeople } from './people.js';
import { createProposals } from './proposals.js';
import { createRankings } from './rankings.js';
import { createImports } from './imports.js';
import { createRuleVersions } from './rule-versions.js';
import { createSearchTokens } from './search-tokens.js';
import { createSearches } from './searches.js';
import { createRetainedCases } from './retained-cases.js';
import { createStaffLog } from './staff-log.js';
import { createSchedules } from './schedules.js';

export type Store = ReturnType<typeof createStore>;

export interface StoreOptions {
  readonly deliveryLeaseMs?: number | undefined;
  /** Business time, for what is kept by it; real time unless given. */
  readonly now?: () => Date;
}

/** Every collection behind one door, over one connection. */
export function createStore(
  connection: Connection,
  keys: Keys,
  { deliveryLeaseMs, now = () => new Date() }: StoreOptions = {},
) {
  const { seal } = keys;
  return {
    keys,
    cases: createCases(connection),
    work: createCaseWork(connection),
    retained: createRetainedCases(connection),
    messages: createMessages(connection, keys),
    identities: createIdentities(connection, keys),
    people: createPeople(connection, seal),
    organisation: createOrganisation(connection, seal),
    drafts: createDrafts(connection, seal, now),
    cards: createCards(connection),
    answers: createAnswers(connection),
    searchTokens: createSearchTokens(connection, seal),
    imports: createImports(connection, seal),
    invites: createInvites(connection, seal),
    staffLog: createStaffLog(connection),
    searches: createSearches(connection, seal),
    deadLetters: createDeadLetters(connection, seal),
    deadDeliveries: createDeadDeliveries(connection, seal),
    deliveries: createDeliveries(connection, deliveryLeaseMs),
    deliveryHealth: createDeliveryHealth(connection, seal),
    inbox: createInbox(connection, seal),
    ledger: createLedger(connection),
    closings: createClosings(connection),
    rankings: createRankings(connection),
    letters: createLetters(connection, keys),
    proposals: createProposals(connection),
    ruleVersions: createRuleVersions(connection),
    calendarImports: createCalendarImports(connection),
    schedules: createSchedules(connection),
    audit: createAudit(connection, seal),
    auditWaiting: createAuditWaiting(connection),
    businessTime: createBusinessTime(connection),
  };
}
