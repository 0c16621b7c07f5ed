import type { KeepingTexts } from './keeping.js';

export const keepingEn: KeepingTexts = {
  kept:
    'How long it is kept:\n\n' +
    '• A draft you have not sent: deleted when untouched for 30 days.\n' +
    '• A case you have sent: after it is archived 3 years if struck off or merged, 1 year if declined or withdrawn, 10 years if transferred. Then names, content and files are destroyed; number and steps stay. In a dispute the commission may hold it longer.\n' +
    '• Photos and files stay with Telegram. We keep only their ids, encrypted; we do not copy them, nor take out what a photo says about where and when it was taken: remove that first if you mind.',
  forgetDraft: '🗑 Delete the draft',
  draftForgotten: 'The draft is deleted and cannot be brought back.',
  forgetMe: '🗑 Delete my account…',
  askForgetMe: ({ open, all }) =>
    'If you go on, we delete: who you are on Telegram, your language, drafts, searches, and what waits to be told to you.\n\n' +
    (all === 0
      ? 'You have sent no case.'
      : `Cases you have sent (${all}) are not deleted: they are kept until their date, and the name you gave stays in them, encrypted, for the same readers as before. You will not see them here any more, nor hear of them.`) +
    (open === 0
      ? ''
      : `\n\n${open} still open: work on them goes on, and the commission will call the enterprise. To stop it, withdraw first.`) +
    '\n\nPlease delete this chat on your phone yourself. If you write again, you are new to us.',
  forgetMeNow: 'Delete my account',
  forgotten: 'Your account is deleted. Thank you for using the channel. Please delete this chat yourself.',
  staffStay: 'You work here: the administrator adds and removes your account, you cannot delete it yourself.',
  held: '🧷 On hold: not erased at its date',
  erased: 'Past its date: names, content and files were destroyed, only the steps remain.',
};
