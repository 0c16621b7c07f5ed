/** Text with entities: what people wrote can never turn into markup, whatever it contains. */

export interface Entity {
  readonly type: 'bold' | 'italic' | 'code' | 'blockquote' | 'expandable_blockquote';
  readonly offset: number;
  readonly length: number;
}

export interface Rich {
  readonly text: string;
  readonly entities: readonly Entity[];
}

export type Part = string | Rich;

export const plain = (text: string): Rich => ({ text, entities: [] });

const styled =
  (type: Entity['type']) =>
  (text: string): Rich => ({
    text,
    entities: text.length > 0 ? [{ type, offset: 0, length: text.length }] : [],
  });

export const bold = styled('bold');
export const italic = styled('italic');
export const code = styled('code');
export const quote = (text: string): Rich =>
  styled(text.length > 300 ? 'expandable_blockquote' : 'blockquote')(text);

/** Joins parts; offsets are UTF-16 units, as Telegram counts them. */
export function rich(...parts: readonly Part[]): Rich {
  let text = '';
  const entities: Entity[] = [];
  for (const part of parts) {
    const piece = typeof part === 'string' ? plain(part) : part;
    entities.push(...piece.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += piece.text;
  }
  return { text, entities };
}

/** Joins lines; null, undefined and empty lines are left out. */
export function lines(...given: readonly (Part | null | undefined | false)[]): Rich {
  const kept = given.filter(
    (line): line is Part => line !== null && line !== undefined && line !== false && line !== '',
  );
  return rich(...kept.flatMap((line, i) => (i === 0 ? [line] : ['\n', line])));
}

/** A blank line between two blocks of lines. */
export function blocks(...given: readonly (Part | null | undefined | false)[]): Rich {
  const kept = given.filter((block): block is Part => {
    if (block === null || block === undefined || block === false) return false;
    return (typeof block === 'string' ? block : block.text) !== '';
  });
  return rich(...kept.flatMap((block, i) => (i === 0 ? [block] : ['\n\n', block])));
}

/** Takes a text and the most UTF-16 units of a piece, gives the pieces; no character is split and nothing is lost. */
export function pieces(text: string, most: number): readonly string[] {
  if (text.length <= most) return [text];
  const at = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return [text.slice(0, at), ...pieces(text.slice(at), most)];
}

/** Cuts a text at a number of UTF-16 units without splitting a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const pair = /[\uD800-\uDBFF]$/.test(text.slice(0, most - 1));
  return `${text.slice(0, most - (pair ? 2 : 1))}…`;
}
