/** Callback data: what a button asks for, and a keyed check that it was drawn for this very person. A request, never an authority. */
import type { Seal } from '../seal.js';
import type { Press } from '../text/view.js';
import { InvariantError } from '../errors.js';

export interface PressCodec {
  /** At most 64 bytes; throws an InvariantError for more, since that is a mistake of the program. */
  encode(press: Press, telegramId: number): string;
  /** Null for what was not made for this person, or not made by us. */
  decode(data: string, telegramId: number): Press | null;
}

const mostBytes = 64;
const checkLength = 8;
const field = /^[\w.-]*$/;

export function createPressCodec(seal: Seal): PressCodec {
  const check = (body: string, telegramId: number): string =>
    seal.tag('press', `${telegramId} ${body}`, checkLength);

  return {
    encode({ action, id = '', rev, arg = '' }, telegramId) {
      const fields = [action, id, rev === undefined ? '' : rev.toString(36), arg];
      const body = fields.join('|');
      const data = `${body}|${check(body, telegramId)}`;
      if (!fields.every((one) => field.test(one)) || Buffer.byteLength(data) > mostBytes) {
        throw new InvariantError(`a button of ${action} does not fit into callback data`);
      }
      return data;
    },

    decode(data, telegramId) {
      const cutAt = data.lastIndexOf('|');
      const body = data.slice(0, Math.max(0, cutAt));
      const [action = '', id = '', rev = '', arg = '', ...more] = body.split('|');
      if (cutAt < 0 || action === '' || more.length > 0 || data.slice(cutAt + 1) !== check(body, telegramId))
        return null;
      return {
        action,
        ...(id === '' ? {} : { id }),
        ...(rev === '' ? {} : { rev: Number.parseInt(rev, 36) }),
        ...(arg === '' ? {} : { arg }),
      };
    },
  };
}
