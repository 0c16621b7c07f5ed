import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { readSandboxPeople } from '../../src/embedded/sandbox-people.js';

test('everybody of the sample organisation can be played, and one whom it does not know', async () => {
  const people = await readSandboxPeople(loadConfig({}).orgFile);
  const labels = people.map(({ label }) => label.en);
  expect(labels.filter((label) => label.endsWith(', head')).length).toBeGreaterThanOrEqual(3);
  expect(labels.filter((label) => /officer \d/.test(label)).length).toBeGreaterThanOrEqual(6);
  for (const role of ['duty officer', 'supervisor', 'leader', 'auditor', 'administrator', 'Not registered'])
    expect(labels.some((label) => label.includes(role))).toBe(true);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  expect(new Set(people.map(({ firstName }) => firstName)).size).toBe(people.length);
  expect(people.map(({ languageCode }) => languageCode)).toContain('en');
});

test('a person in two roles is one chat that names both', async () => {
  const people = await readSandboxPeople(loadConfig({}).orgFile);
  const twice = people.find(({ id }) => id === 2033);
  expect(twice?.label.en).toContain('; Development and Industry Bureau, officer 2');
  expect(twice?.group.en).toBe('Enterprises');
});

test('an organisation in YAML is read as well; one that cannot be read is named with the place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dct-'));
  const file = join(folder, 'org.yaml');
  const department = 'departments: [{ code: A, name: { zh: 甲局, en: Bureau A }, domains: [policy] }]';
  await writeFile(
    file,
    `${department}\ncommission:\n  - { telegramId: 7, name: 甲, roles: [duty, supervisor] }\n`,
  );
  expect((await readSandboxPeople(file))[0]).toMatchObject({
    id: 7,
    firstName: '甲',
    label: { zh: '值班受理员、督办', en: 'duty officer, supervisor' },
  });
  await writeFile(file, `${department}\ncommission: 5\n`);
  await expect(readSandboxPeople(file)).rejects.toThrow(/org\.yaml.*commission/s);
  await rm(folder, { recursive: true });
});
