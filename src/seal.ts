import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { InvariantError } from './errors.js';

/** Where a sealed value lives; it opens nowhere else. */
export interface Place {
  readonly collection: string;
  readonly id: string;
  readonly field: string;
}

export interface Seal {
  /** Names the key in use, so that a later key can be told from it. Not secret. */
  readonly keyId: string;
  /** Encrypts a JSON value for one place; refuses `undefined`. Two seals of one value differ. */
  seal(place: Place, value: unknown): string;
  /** Decrypts what `seal` made for this very place; throws when it was moved, changed or sealed under another key. */
  open<T>(place: Place, sealed: string): T;
  /** A keyed hash to look a value up by; equal values of one space give equal hashes, 32 characters. */
  lookup(space: string, value: string | number): string;
  /** A short keyed check of a text, 1–43 characters of base64url. */
  tag(space: string, text: string, length: number): string;
}

const version = 1;
const keyIdBytes = 4;
const nonceBytes = 12;
const checkBytes = 16;
const headBytes = 1 + keyIdBytes + nonceBytes;

/** What a seal is made of, 32 bytes each. */
export interface SealKeys {
  readonly dataKey: Buffer;
  /** What look-ups and tags are made with; the data key unless told. It outlives a change of the data key. */
  readonly lookupKey?: Buffer;
  /** Keys in use before: they open what they sealed, and seal nothing new. */
  readonly older?: readonly Buffer[];
}

const deriveKey = (dataKey: Buffer, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `direct-channel ${purpose}`, bytes));

// JSON keeps the parts apart: ("a", "bc") and ("ab", "c") must not become the same bytes.
const framed = (...parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts));

/** The id of the key under which a text was sealed, or null for what no seal has made. */
export const keyIdOf = (sealed: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64url');
  return bytes.length < headBytes + checkBytes || bytes[0] !== version
    ? null
    : bytes.subarray(1, 1 + keyIdBytes).toString('hex');
};

interface ContentKey {
  readonly id: string;
  readonly key: Buffer;
}

const contentKey = (dataKey: Buffer): ContentKey => {
  if (dataKey.length !== 32) throw new InvariantError('the data key must be 32 bytes long');
  return {
    id: deriveKey(dataKey, 'key id', keyIdBytes).toString('hex'),
    key: deriveKey(dataKey, 'content', 32),
  };
};

/** Makes the one module through which identity, content and Telegram ids pass (design §2.8). */
export const createSeal = ({ dataKey, lookupKey = dataKey, older = [] }: SealKeys): Seal => {
  const current = contentKey(dataKey);
  const opening = new Map([...older.map(contentKey), current].map(({ id, key }) => [id, key]));
  const lookups = deriveKey(lookupKey, 'lookup', 32);
  const tags = deriveKey(lookupKey, 'tag', 32);

  const boundTo = ({ collection, id, field }: Place): Buffer =>
    framed(String(version), collection, id, field);
  const hash = (key: Buffer, space: string, text: string): string =>
    createHmac('sha256', key).update(framed(space, text)).digest('base64url');

  return {
    keyId: current.id,

    seal(place, value) {
      const text = JSON.stringify(value) as string | undefined;
      if (text === undefined) throw new InvariantError('only a JSON value can be sealed');
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const head = [Buffer.of(version), Buffer.from(current.id, 'hex'), nonce];
      return Buffer.concat([...head, body, cipher.getAuthTag()]).toString('base64url');
    },

    open<T>(place: Place, sealed: string): T {
      // The place is named in the complaint, the value never.
      const where = `${place.collection}.${place.field}`;
      const keyId = keyIdOf(sealed);
      if (keyId === null) throw new InvariantError(`what is stored in ${where} was not made by the seal`);
      const key = opening.get(keyId);
      if (!key) throw new InvariantError(`what is stored in ${where} was sealed under another key`);
      const bytes = Buffer.from(sealed, 'base64url');
      const nonce = bytes.subarray(1 + keyIdBytes, headBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: checkBytes });
      decipher.setAAD(boundTo(place)).setAuthTag(bytes.subarray(-checkBytes));
      return JSON.parse(unlocked(decipher, bytes.subarray(headBytes, -checkBytes), where)) as T;
    },

    lookup: (space, value) => hash(lookups, space, String(value)).slice(0, 32),

    tag(space, text, length) {
      if (!Number.isInteger(length) || length < 1 || length > 43) {
        throw new InvariantError('a tag has 1 to 43 characters');
      }
      return hash(tags, space, text).slice(0, length);
    },
  };
};

const unlocked = (decipher: ReturnType<typeof createDecipheriv>, body: Buffer, where: string): string => {
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new InvariantError(`what is stored in ${where} was moved or changed`);
  }
};
