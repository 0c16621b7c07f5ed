/** English texts for the administrator. */
import type { TechnicalTexts } from './technical.js';

export const technicalEn: TechnicalTexts = {
  health: (p) => `Cases: ${p.cases}\nDeliveries: ${p.deliveries}\nDead letters: ${p.deadLetters}`,
  delivery: {
    pending: 'to be sent',
    held: 'kept for absent people',
    sent: 'sent',
    dropped: 'dropped',
    dead: 'undeliverable',
  },
  dead: {
    open: (count) => `📭 Dead letters (${count})`,
    title: (count) => `📭 Dead letters: ${count} not handled or not delivered`,
    explained:
      'Each line: reference · set aside at · class of error. With 🔔 it is a notice that could not be delivered, otherwise a message that could not be handled, whose writer has the reference. No content and no names. Mend the cause first, then press a reference to have it handled again; people hear the outcome as usual, notices as things are then and in their old order.',
    none: 'There are no dead letters.',
    unknown: 'not recorded',
    delivery: '🔔',
    again: (ref) => `↻ ${ref}`,
    allAgain: (count) => `↻ All again (${count})`,
    done: (count) =>
      count === 1
        ? 'Put back; it is handled again right away.'
        : `${count} put back; they are handled again right away.`,
    nothing: 'That one was put back before, or is handled.',
  },
  alarm: {
    phaseOne: '🔔 Technical alarm',
    title: '🛠 Technical alarm',
    updates: (count) => `Messages that could not be handled (dead letters): ${count}.`,
    deliveries: (count) => `Notices that could not be delivered: ${count}.`,
    heldUp:
      'A notice has been failing for more than six hours, and what is next for the same person waits behind it (reference · due since · class of error):',
    heldUpNext: 'It is tried again and again. Please look for the cause; you are not told of this one again.',
    unread: (count) => `Cases that nobody of the commission may read any more: ${count}.`,
    unreadNext:
      'Please add somebody who has nothing to do with them as duty officer, supervisor or leader: /invite, or the organisation file.',
    next: 'Please look for the cause; dead letters can be handled again in /health. You are not told again within an hour.',
    look: 'State of the system',
  },
};
