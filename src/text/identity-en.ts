/** The English texts about names, masking and files that stay with the commission. */
import type { IdentityTexts } from './identity.js';

export const identityEn: IdentityTexts = {
  asked: (p) =>
    `🔐 The ${p.role.toLowerCase()} asks to see the name; the reason is in the conversation. Another supervisor or leader has until ${p.until} to agree.`,
  deferred: (date) => `🤫 A supervisor put off telling the enterprise until ${date}`,
  until: (time) =>
    `🔓 Two persons agreed: the name shows until ${time}, to the one who asked and the one who agreed`,
  raise: (level) => `🔒 Set name to “${level}”`,
  lowerReaches: 'What has been read cannot be taken back.',
  raiseReaches:
    'The name leaves the cards and whole texts departments have received; photos, files, voice and lists they have opened cannot be taken back.',
  seen: (p) =>
    `🔓 ${p.at}: your name was seen for 15 minutes, asked for by the ${p.asker.toLowerCase()}, agreed to by the ${p.approver.toLowerCase()}. The reason is in the conversation.`,
  uscc: (code) => `credit code ${code} (check digit correct)`,
  doubted: 'could not be verified',
  lowerAsked: (p) =>
    `🙋 The duty officer asks you to change who sees your name from “${p.from}” to “${p.to}”; the reason is in the conversation. You decide; your case goes on either way.`,
  mask: {
    proposed: (what) => `🕶 To be masked for the department: ${what}`,
    done: (what) => `🕶 Masked for the department: ${what}`,
    count: (p) => `${p.kind} × ${p.count}`,
    kinds: {
      name: 'names',
      phone: 'phone numbers',
      plate: 'number plates',
      uscc: 'credit codes',
      'id-card': 'ID numbers',
      email: 'e-mail addresses',
      enterprise: 'the business name',
    },
    apply: '🕶 Mask as proposed',
    applied: 'Masked as proposed. The card shows what the department reads.',
    nothing: 'Nothing to mask, or the text was reworded already.',
  },
  files: {
    button: (count) => `📎 Give files one by one (${count})`,
    title: 'Files that stay with the commission',
    about: 'Look first, then give them one by one. Words, voices, faces and file names can show who it is.',
    line: (p) => `${p.ordinal}. ${p.what} · ${p.at}`,
    released: 'given to the department',
    look: (ordinal) => `👁 See no. ${ordinal}`,
    release: (ordinal) => `📤 Give no. ${ordinal}`,
    none: 'No file stays with the commission.',
  },
  preview: {
    department: (p) =>
      `${p.names} (${p.several ? 'one of them; the duty officer decides' : 'expected; the duty officer decides'}): the head; all officers until one signs, then only that officer and substitutes`,
  },
};
