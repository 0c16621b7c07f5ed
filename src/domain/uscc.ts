/** The unified social credit code of an enterprise: 18 characters, the last one a check (GB 32100-2015). Pure. */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const length = 18;
const base = 31;

/** Takes 18 characters, tells whether the last one is the check of the others. */
export function isUscc(code: string): boolean {
  const values = [...code].map((character) => alphabet.indexOf(character));
  if (values.length !== length || values.includes(-1)) return false;
  let weight = 1;
  let sum = 0;
  for (const value of values.slice(0, -1)) {
    sum += value * weight;
    weight = (weight * 3) % base;
  }
  return values.at(-1) === (base - (sum % base)) % base;
}

/** Takes a typed name that may hold a code in any place, gives both apart; a code with a wrong check stays part of the name. */
export function splitUscc(typed: string): { readonly name: string; readonly uscc: string | null } {
  const found = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])/i.exec(typed);
  const uscc = found?.[0].toUpperCase();
  if (!found || uscc === undefined || !isUscc(uscc)) return { name: typed.trim(), uscc: null };
  const around = `${typed.slice(0, found.index)} ${typed.slice(found.index + length)}`;
  const label = /(?:统一)?(?:社会)?信用代码|credit code|uscc/gi;
  const name = around
    .replaceAll(label, ' ')
    .replaceAll(/[,，;；:：()（）\s]+/g, ' ')
    .trim();
  return { name, uscc };
}
