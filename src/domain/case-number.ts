/**
 * Case numbers look like `ZT-590-382-8566`: digits only, because digits are read aloud without doubt in every
 * language and typed with the number pad; never a leading zero, because spreadsheets drop it. They are made
 * from random bytes, so they reveal neither order nor count (rules §6).
 */

const prefix = 'ZT';
const payloadDigits = 9;
const smallestPayload = 10 ** (payloadDigits - 1);
const payloadCount = 9 * smallestPayload;

/** How many random bytes `makeCaseNumber` wants. */
export const caseNumberBytes = 8;

/** The canonical written form; `parseCaseNumber` also takes what people make of it. */
export const caseNumberPattern = /^ZT-[1-9]\d{2}-\d{3}-\d{4}$/;

/**
 * Takes at least 8 random bytes, gives a case number in its canonical form. Refuses (throws) fewer bytes.
 * The caller tries again with new bytes when the number is taken.
 */
export function makeCaseNumber(randomBytes: Uint8Array): string {
  if (randomBytes.length < caseNumberBytes) {
    throw new RangeError(`a case number needs ${caseNumberBytes} random bytes, got ${randomBytes.length}`);
  }
  let random = 0n;
  for (const byte of randomBytes.subarray(0, caseNumberBytes)) random = (random << 8n) | BigInt(byte);
  let offset = Number(random % BigInt(payloadCount));
  for (;;) {
    const payload = String(smallestPayload + offset);
    const check = checkDigit(payload);
    if (check !== undefined) return written(payload + check);
    offset = (offset + 1) % payloadCount;
  }
}

/**
 * Takes what a person typed or pasted, gives the canonical number, or undefined when it is none or is mistyped.
 * Tolerates case, spaces, dashes, a missing prefix, full-width and Chinese digits, and O, I, L for 0 and 1.
 */
export function parseCaseNumber(text: string): string | undefined {
  if (text.length > 100) return undefined;
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}\p{Pc}.·・#−ー]/gu, '');
  const body = plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  const digits = [...body].map((sign) => lookAlikes.get(sign) ?? sign).join('');
  if (!/^[1-9]\d{9}$/.test(digits)) return undefined;
  return weightedSum(digits) % 11 === 0 ? written(digits) : undefined;
}

/** What somebody may have meant as a number, however mistyped: a few letters at most, then digits. */
export const looksLikeNumber = (text: string): boolean => /^[\sa-z]{0,4}[\s-]*\d[\d\s-]*$/i.test(text);

const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...[...'〇一二三四五六七八九'].map((sign, digit) => [sign, String(digit)] as const),
  ['零', '0'],
  ['幺', '1'],
  ['两', '2'],
  ['O', '0'],
  ['I', '1'],
  ['L', '1'],
]);

function written(digits: string): string {
  return `${prefix}-${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/**
 * Weights 10…1 modulo the prime 11: a wrong digit changes the sum by weight × difference, a swap of two digits
 * by difference of weights × difference of digits; neither is ever a multiple of 11.
 */
function weightedSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) sum += (10 - place) * Number(digits[place]);
  return sum;
}

/** Undefined where the check would be ten: such payloads are not used. */
function checkDigit(payload: string): string | undefined {
  const check = (11 - (weightedSum(payload) % 11)) % 11;
  return check === 10 ? undefined : String(check);
}
