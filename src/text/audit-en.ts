/** English texts of the audit. */
import type { AuditTexts } from './audit.js';

export const auditEn: AuditTexts = {
  title: {
    all: '🔎 Audit',
    case: (number) => `🔎 Audit · ${number}`,
    person: (name) => `🔎 Audit · ${name}`,
    day: (date) => `🔎 Audit · ${date}`,
  },
  how: 'By number: /audit ZT-…; by day: /audit 2026-11-24; by person: press a name below. Nothing here names an enterprise or a contact, and there is no text of a report.',
  empty: 'Nothing is recorded.',
  looks: {
    identity: 'saw the name',
    'full-text': 'read the whole text',
    files: 'opened the files',
    letter: 'took a letter',
    list: 'read a list',
    search: 'searched',
    ledger: 'read the ledger',
    audit: 'read the audit',
  },
  denials: {
    forged: 'pressed a button that was not theirs: refused',
    'not-for-role': 'asked for what the role does not have: refused',
    'no-such-case': 'asked for a case that is not there, or not theirs: refused',
    'not-yours': 'asked for what is not theirs to do: refused',
  },
  changes: {
    file: 'filed',
    'file-for': 'filed for an enterprise',
    timed: 'reminder fell due',
    propose: 'department proposed',
    'answer-survey': 'survey answered',
    'survey-by-call': 'survey by phone',
    erase: 'erased at its date',
    leave: 'the contact deleted the account',
    archive: 'archived',
    'lapse-supplement': 'no details came in time',
    'lapse-wait': 'the wait ended',
    merge: 'merged',
    link: 'linked',
    reassign: 'given to another officer',
    'end-unmask': 'the look at the name ended',
    'tell-unmask': 'the reporter was told of the look at the name',
    'release-file': 'a file was released',
  },
  times: (count) => `(${count} times)`,
  system: 'the system',
  headPhaseOne: '🔔 Audit chain',
  head: (p) =>
    `🔗 Audit chain · entry ${p.seq} · ${p.date}\nFingerprint: ${p.hash}\n\nKeep this message: a record that was changed, cut or rewritten no longer agrees with it.`,
  seenBy: (list) => `👁 Seen your name: ${list}`,
};
