/** Numbers as an administrator types them, and what is refused. */
import { describe, expect, it } from 'vitest';
import { readValue } from '../../../src/domain/rules/read-value.js';
import { settings, type SettingKind } from '../../../src/domain/rules/settings.js';

describe('a value is read as it is typed', () => {
  it.each<[SettingKind, string, string]>([
    ['span', '8 wd', '8 wd'],
    ['span', '8工作日', '8 wd'],
    ['span', '8 个工作日', '8 wd'],
    ['span', '4 Working Hours', '4 wh'],
    ['span', '4个工作小时', '4 wh'],
    ['span', '２４小时', '24 h'],
    ['span', '15 天', '15 d'],
    ['span', '0.5 wd', '0.5 wd'],
    ['natural', '15分钟', '15 min'],
    ['spans', '2天、5天', '2 d, 5 d'],
    ['share', '60 %', '60%'],
    ['share', '百分之60', '60%'],
    ['weights', '20%、40%、40%', '20%, 40%, 40%'],
    ['count', '3 次', '3'],
    ['hours', '9:00-12:00 13:30-17:30', '09:00-12:00 13:30-17:30'],
    ['hours', '08:30–11:30，14:00–18:00', '08:30-11:30 14:00-18:00'],
    ['hours', '9:00至17:00', '09:00-17:00'],
  ])('%s: %s', (kind, typed, value) => {
    expect(readValue(kind, typed)).toEqual({ ok: true, value });
  });

  it('every default is in its normal form', () => {
    const differing = Object.entries(settings).filter(([, { kind, value }]) => {
      const read = readValue(kind, value);
      return !read.ok || read.value !== value;
    });
    expect(differing).toEqual([]);
  });
});

describe('nonsense is refused with its reason', () => {
  it.each<[SettingKind, string, string]>([
    ['span', '0 wd', 'zero'],
    ['span', '-3 wd', 'not-a-span'],
    ['span', '8', 'not-a-span'],
    ['span', '8 weeks', 'not-a-span'],
    ['span', '900 wd', 'too-much'],
    ['span', '', 'not-a-span'],
    ['natural', '1 wh', 'not-natural'],
    ['spans', '2 d', 'not-two-spans'],
    ['spans', '2 d, 0 d', 'zero'],
    ['share', '0.5', 'not-a-share'],
    ['share', '101%', 'too-much'],
    ['share', '0%', 'zero'],
    ['weights', '20%, 80%', 'not-weights'],
    ['weights', '20%, 50%, 40%', 'weights-not-whole'],
    ['count', '0', 'zero'],
    ['count', '2.5', 'not-a-count'],
    ['hours', '9-12', 'not-hours'],
    ['hours', '09:00-25:00', 'not-hours'],
    ['hours', '09:00-13:00 12:00-17:00', 'hours-overlap'],
    ['hours', '12:00-09:00', 'hours-overlap'],
  ])('%s: "%s" is %s', (kind, typed, refusal) => {
    expect(readValue(kind, typed)).toEqual({ ok: false, refusal });
  });
});
