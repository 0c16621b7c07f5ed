import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sealedPlaces } from '../../src/store/sealed-places.js';

/** Seals are bound to a place that is written `field: 'name'` where it is made. */
const fieldsSealedIn = (code: string): string[] =>
  [...code.matchAll(/\bfield: '(\w+)'/g)].map(([, field]) => field ?? '');

test('whatever a collection seals is in the list that rotation and migration walk', async () => {
  const known = sealedPlaces.map(({ field }) => field);
  const found: string[] = [];
  for (const name of await readdir('src/store')) {
    if (name === 'sealed-places.ts' || name === 'wrapped-keys.ts') continue;
    found.push(...fieldsSealedIn(await readFile(`src/store/${name}`, 'utf8')));
  }
  expect([...new Set(found)].toSorted()).toEqual([...new Set(known)].toSorted());
});
