/** The English texts about inviting, departments and people. */
import type { StaffTexts } from './staff.js';

export const staffEn: StaffTexts = {
  invite: {
    choose: 'Whom do you invite? Choose the role:',
    chooseDepartment: 'Into which department?',
    made: (grant) => `✉️ Invitation: ${grant}`,
    how: (p) =>
      `Send this link to that person only. It works once, within ${p.days} days (until ${p.until}). When it is opened you see the name, and nothing counts before you confirm.`,
    joined: (grant) => `✉️ Somebody used your invitation: ${grant}`,
    who: (name) => `The name on Telegram: ${name}`,
    check: 'Please call and make sure it is the right person, then confirm.',
    yes: '✅ The right person',
    no: '🚫 Not the right person',
    confirmed: '✅ Confirmed.',
    refused: '🚫 Refused. The link is void.',
    waiting: 'We have your invitation. As soon as whoever invited you confirms it is you, you are told.',
    notValid:
      'This invitation does not work: it may be used up, expired or incomplete. Please ask for a new one.',
    welcome: (grant) =>
      `✅ You are now: ${grant}. /help shows what you can do; with several roles, /role changes between them.`,
    notConfirmed:
      'Whoever invited you did not confirm, so the invitation does not count. If in doubt, please contact them.',
    phaseOne: '🔔 About an invitation',
  },
  org: {
    title: '🏛 Departments and people. Tap a department:',
    commission: '🏛 The commission',
    add: '➕ New department',
    log: '🕘 Changes',
    nobody: 'Nobody yet',
    department: (p) => `🏛 ${p.name} (${p.code})`,
    otherName: (name) => `Chinese: ${name}`,
    domainLine: (domains) => `Subjects: ${domains}`,
    wordLine: (p) => `${p.count} words: ${p.words}`,
    parentLine: (name) => `Above it: ${name}`,
    person: (p) => `${p.name} · ${p.role}`,
    rename: '✏️ Rename',
    words: '✏️ Words',
    domains: '✏️ Subjects',
    parent: '✏️ Above it',
    noParent: 'nothing',
    signOn: '🖊 Head signs off: stop that',
    signOff: '🖊 Head does not sign off: start',
    inviteHead: '✉️ Invite a head',
    inviteOfficer: '✉️ Invite an officer',
    askAdd:
      'Please send: code, Chinese name, English name. The code is capital letters or digits. For example:\nSWJ, (the Chinese name), Commerce Bureau',
    askName: (name) => `What should “${name}” be called? Please send: Chinese name, English name.`,
    askWords: (name) =>
      `Please send all words by which a report finds “${name}”, with spaces or commas between. They replace the present ones.`,
    chooseDomains: 'Tap to add or take away:',
    chooseParent: 'Which department is above it?',
    askRevoke: (p) =>
      `Take “${p.role}” away from ${p.name}? At once. Open cases in hand: ${p.open}; head and duty officer are asked to hand them over.`,
    revoke: '🚫 Take it away',
    revoked: 'Taken away, at once.',
    changed: 'Changed.',
    logTitle: '🕘 The latest changes',
    logEmpty: 'Nothing has changed yet.',
    events: {
      'invite-made': 'made an invitation',
      'invite-joined': 'used an invitation',
      'invite-wrong': 'tried an invitation that does not hold',
      'invite-confirmed': 'confirmed an invitation',
      'invite-refused': 'refused an invitation',
      'grant-revoked': 'took a role away',
      'department-added': 'added a department',
      'department-changed': 'changed a department',
    },
    entry: (p) => `${p.at} ${p.by} ${p.what} ${p.about}`.trim(),
    refusals: {
      'not-yours': 'Your role does not include this.',
      unreadable: 'I did not understand that. Please send it again as in the example.',
      'code-taken': 'Another department has this code.',
      'above-itself': 'Then it would be above itself.',
      'last-one': 'This is the last one: let somebody else take the role first.',
      'no-domain': 'At least one subject has to stay.',
      gone: 'Something has changed, please look again.',
    },
  },
};
