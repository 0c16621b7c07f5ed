import { expect, test } from 'vitest';
import { labelWithinGroup } from '../../web/rich/labels.js';

test('under its group a role loses the group it repeats, and never half a word', () => {
  const bureau = { zh: '审批局', en: 'Approvals Bureau' };
  const head = { group: bureau, label: { zh: '审批局负责人', en: 'Approvals Bureau, head' } };
  expect(labelWithinGroup(head, 'en')).toBe('Head');
  expect(labelWithinGroup(head, 'zh')).toBe('负责人');
  const owner = { group: { zh: '企业', en: 'Enterprises' }, label: { zh: '企业主 · 甲厂', en: 'Owner, A' } };
  expect(labelWithinGroup(owner, 'zh')).toBe('企业主 · 甲厂');
  expect(labelWithinGroup(owner, 'en')).toBe('Owner, A');
  expect(labelWithinGroup({ group: bureau, label: bureau }, 'en')).toBe('Approvals Bureau');
});
