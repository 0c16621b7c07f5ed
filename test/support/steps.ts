/** Steps that many conversations begin with, said as people say them. */
import type { TestPerson, ViewMessage } from 'telegram-sandbox';

/** First contact: chooses a language; an enterprise's person reads the honesty screen. */
export async function arrive(person: TestPerson, language: '中文' | 'English' = '中文'): Promise<void> {
  await person.start();
  await person.press(language);
  await person.waitFor(language === '中文' ? /您好|在您写之前|身份/ : /Hello|Before you write|role/i);
  if (person.buttons().some((label) => /我知道了|I understand|Got it|OK/i.test(label)))
    await person.press(/我知道了|I understand|Got it|OK/i);
}

const caseNumber = /ZT-\d{3}-\d{3}-\d{4}/;

/** Files a complaint in Chinese up to the receipt; gives its number. Whatever is asked is answered. */
export async function file(
  person: TestPerson,
  text: string,
  { confidentiality = '仅委内可见' }: { readonly confidentiality?: string } = {},
): Promise<string> {
  const since = person.mark();
  await person.say(text);
  // An older screen may still stand above with the same buttons.
  const message = await person.waitFor(/有照片、文件/, { since });
  await person.press(/没有材料/, { message });
  await person.press(new RegExp(`${confidentiality}$`), { message });
  await person.press('下一步 »', { message });
  await person.press('📨 确认提交', { message });
  const receipt = await person.waitFor(caseNumber, { since });
  return numberIn(receipt.text ?? '');
}

export function numberIn(text: string): string {
  const number = caseNumber.exec(text)?.[0];
  if (number === undefined) throw new Error(`no case number in: ${text}`);
  return number;
}

/** The data under a button as this message shows it. */
export const dataUnder = ({ inlineKeyboard = [] }: ViewMessage, label: string): string =>
  inlineKeyboard.flat().find(({ text }) => text === label)?.callbackData ?? '';
