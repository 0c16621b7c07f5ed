/** A letter as a DOCX file. The library is loaded with the first letter, not with the program. */
import type { Letter } from '../domain/letters.js';
import type { Language } from '../domain/people.js';
import { courtesyLine, letterText, type LetterText } from './letter-text.js';

export interface LetterFile {
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly mimeType: string;
  readonly caption: string;
}

export interface LetterReader {
  readonly language: Language;
  readonly timeZone: string;
}

const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Takes a letter and who reads it, gives the file: Chinese, and the courtesy translation below for an English reader. */
export async function writeLetter(letter: Letter, { language, timeZone }: LetterReader): Promise<LetterFile> {
  const official = letterText(letter, 'zh', timeZone);
  const translation = language === 'en' ? letterText(letter, 'en', timeZone) : null;
  const named = translation ?? official;
  return {
    bytes: await toDocx(official, translation),
    fileName: `${official.title} ${official.number}.docx`,
    mimeType,
    caption: `📄 ${named.title} ${named.number} · ${letter.facts.caseNumber}`,
  };
}

const font = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'FangSong' };
const bodySize = 32;
const titleSize = 44;
const smallSize = 21;

async function toDocx(official: LetterText, translation: LetterText | null): Promise<Buffer> {
  const { AlignmentType, Document, Packer, Paragraph, TextRun } = await import('docx');
  type Place = {
    readonly align?: 'center' | 'right';
    readonly size?: number;
    readonly bold?: boolean;
    readonly indent?: boolean;
  };
  const line = (text: string, { align, size = bodySize, bold = false, indent = false }: Place = {}) =>
    new Paragraph({
      ...(align === undefined
        ? {}
        : { alignment: align === 'center' ? AlignmentType.CENTER : AlignmentType.RIGHT }),
      ...(indent ? { indent: { firstLine: size * 20 } } : {}),
      spacing: { after: 160, line: 400 },
      children: [new TextRun({ text, size, bold, font })],
    });
  const written = (letter: LetterText, size: number) => [
    line(letter.title, { align: 'center', size: Math.max(size, titleSize * (size / bodySize)), bold: true }),
    line(letter.number, { align: 'center', size }),
    line(letter.addressee, { size }),
    ...letter.paragraphs.map((text) => line(text, { size, indent: true })),
    ...letter.blanks.map((text) => line(`${text}____________________`, { size, indent: true })),
    line(letter.sender, { align: 'right', size }),
    line(letter.date, { align: 'right', size }),
  ];
  const courtesy = translation
    ? [line(courtesyLine, { align: 'center', size: smallSize }), ...written(translation, smallSize)]
    : [];
  const document = new Document({
    creator: official.sender,
    title: `${official.title} ${official.number}`,
    sections: [{ children: [...written(official, bodySize), ...courtesy] }],
  });
  return await Packer.toBuffer(document);
}
