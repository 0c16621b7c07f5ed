/** The courtesy translation of the letters; the Chinese text is the official one. */
import type { LetterWords } from './letter-text.js';

export const en: LetterWords = {
  title: {
    supervision: 'Supervision letter',
    interview: 'Notice of interview (draft)',
    'transfer-draft': 'Letter of referral (draft)',
    transfer: 'Transfer letter',
    'transfer-receipt': 'Receipt of transfer',
  },
  addressee: {
    supervision: (w) => `To: ${w.department}`,
    interview: (w) => `To: ${w.department}, ${w.headName ?? 'the head'}`,
    'transfer-draft': () => 'To: the commission’s leader',
    transfer: () => 'To: the receiving organ',
    'transfer-receipt': () => 'To: the commission',
  },
  paragraphs: {
    supervision: (w) => [
      `The enterprise’s case ${w.caseNumber} (${w.about}), received on ${w.filed}, was to be done by ${w.due}. The time limit has passed and no result has been submitted.`,
      ...(w.second
        ? [`We wrote before (${w.earlier}) and received no written explanation. This is the second letter.`]
        : []),
      `The head of the department is asked to explain in writing by ${w.answerBy}: why the case was not done in time, what has been done, and when it will be done. Please speed up the work.`,
      w.second
        ? 'If there is still no explanation or progress, an interview will be proposed, and a referral where fitting.'
        : 'Without an explanation in time, a second letter follows and the leader is told.',
    ],
    interview: (w) => [
      `The enterprise’s case ${w.caseNumber} (${w.about}) was to be done by ${w.due} and is seriously overdue. Letters so far: ${w.earlier}.`,
      'You are asked to come to the commission for an interview, with a report on the case, the reasons for the delay and the measures taken. Time and place follow.',
      'This notice was drafted by the system; the leader decides whether it is sent.',
    ],
    'transfer-draft': (w) => [
      `The enterprise’s case ${w.caseNumber} (${w.about}) with ${w.department}, received on ${w.filed}, was to be done by ${w.due} and is still not done after reminders and supervision. Letters so far: ${w.earlier}.`,
      'It is proposed to refer the department’s conduct in this case to the competent organ.',
      'This letter was drafted by the system; whether, to whom and on which basis is for the leader to decide.',
    ],
    transfer: (w) => [
      `The lead received by the commission (number ${w.caseNumber}, ${w.filed}) is transferred to you.`,
      `Organ and legal basis: ${w.basis}`,
      'The reporter’s identity does not go with this letter. Please fill in your number and date on the receipt and return it.',
    ],
    'transfer-receipt': (w) => [
      `The lead named in the transfer letter (number ${w.caseNumber}) was received.`,
    ],
  },
  blanks: {
    interview: ['Time:', 'Place:', 'Decided by:'],
    'transfer-draft': ['Organ:', 'Legal basis:', 'Decided by:'],
    'transfer-receipt': ['Receiving organ:', 'Its number:', 'Date:', 'Received by:'],
  },
  nobody: 'the department',
  sender: 'The commission (direct channel)',
  none: 'none',
  provisional: ' (provisional: that year’s holidays are not published yet)',
  about: (domain, conduct, urgent) =>
    [domains[domain], ...(conduct ? [conducts[conduct]] : []), ...(urgent ? ['urgent'] : [])].join(', '),
  joined: (numbers) => numbers.join(', '),
  courtesy: 'Courtesy translation — the Chinese text above is the official one',
};

const domains = {
  policy: 'business support policies',
  approval: 'permits and approvals',
  enforcement: 'inspections and enforcement',
  bidding: 'tenders',
  utilities: 'water, power and land',
  finance: 'finance',
  arrears: 'unpaid money',
  intermediaries: 'agents and associations',
  other: 'other matters',
} as const;

const conducts = {
  inaction: 'inaction',
  delay: 'delay',
  abuse: 'misuse of powers',
  buck: 'passing around',
  coldness: 'cold or rude treatment',
  extortion: 'asking for favours',
  integrity: 'other sign of corruption',
} as const;
