import { contentRefusal, declaredRefusal, headBytes, type FileRefusal } from '../domain/check-file.js';
import { limits, type Attachment } from '../domain/forms/form.js';
import type { ActionDeps } from './deps.js';

/** Looks at a file before it can stand in a case; only a document's first bytes are fetched, and thrown away. */
export const checkFile =
  ({ peek }: Pick<ActionDeps, 'peek'>) =>
  async (file: Attachment): Promise<FileRefusal | null> => {
    // The form says that it is too big; Telegram would not hand it out.
    if ((file.size ?? 0) > limits.fileBytes) return null;
    const declared = declaredRefusal(file);
    if (declared !== null || file.kind !== 'document' || file.fileId === undefined) return declared;
    const head = await peek(file.fileId, headBytes);
    return head === null ? 'file-unread' : contentRefusal(file, head);
  };
