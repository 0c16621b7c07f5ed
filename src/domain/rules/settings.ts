/**
 * Every number an administrator may change, with its default: rules §2 caps, §3 limits, §4 ladder, §5 ranking.
 * A new number is a row here, its place in `compile-rules.ts`, and its name in `text/` (a missing name does not compile).
 * Values are written as people write them: "10 wd", "4 wh", "24 h", "15 d", "50%", "2", "09:00-12:00 13:30-17:30".
 */

export const settingGroups = ['hours', 'limits', 'ladder', 'caps', 'morning', 'ranking'] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** What a value is: a length of time, two of them, a share, three weights, a count, opening hours. `natural` is a length without working time. */
export type SettingKind = 'span' | 'natural' | 'spans' | 'share' | 'weights' | 'count' | 'hours';

interface Setting {
  readonly group: SettingGroup;
  readonly kind: SettingKind;
  readonly value: string;
}

const rows =
  (group: SettingGroup, kind: SettingKind) =>
  <K extends string>(values: Readonly<Record<K, string>>): Readonly<Record<K, Setting>> =>
    Object.fromEntries(
      Object.entries<string>(values).map(([key, value]) => [key, { group, kind, value }]),
    ) as unknown as Readonly<Record<K, Setting>>;

export const settings = {
  ...rows('hours', 'hours')({ hours: '09:00-12:00 13:30-17:30' }),
  ...rows(
    'limits',
    'span',
  )({
    dispatch: '4 wh',
    'dispatch.urgent': '1 h',
    sign: '1 wd',
    'sign.urgent': '2 h',
    contact: '1 wd',
    'contact.urgent': '4 h',
    'resolve.consult': '3 wd',
    'resolve.simple': '5 wd',
    'resolve.general': '10 wd',
    'resolve.complex': '15 wd',
    'resolve.legacy': '30 wd',
    'resolve.urgent': '24 h',
    redo: '5 wd',
    'redo.urgent': '24 h',
    check: '2 wd',
    'check.urgent': '4 h',
    'sealed.answer': '7 wh',
    'sealed.decision': '15 wd',
    survey: '7 d',
    report: '5 wd',
    receipt: '5 wd',
  }),
  ...rows('limits', 'spans')({ 'survey.nudges': '2 d, 5 d', 'look-back': '30 d, 90 d' }),
  ...rows('ladder', 'share')({ 'R1.used': '50%', 'R2.used': '80%', 'R3.share': '25%' }),
  ...rows(
    'ladder',
    'span',
  )({
    'R2.left': '1 wd',
    'R3.before': '2 wh',
    'E1.acknowledge': '4 wh',
    E2: '1 wd',
    'E2.urgent': '2 h',
    'E2.explain': '1 wd',
    'E2.again': '1 wd',
    E3: '3 wd',
    'E3.urgent': '24 h',
    E4: '5 wd',
  }),
  ...rows('ladder', 'count')({ 'step.reopens': '2', 'step.urges': '3', 'step.redos': '2' }),
  ...rows(
    'caps',
    'span',
  )({
    supplement: '5 wd',
    appeal: '15 d',
    return: '1 wd',
    wait: '5 wd',
    'extension.notice': '1 wd',
    reopen: '15 d',
    urge: '1 wd',
    archive: '30 d',
  }),
  ...rows('caps', 'count')({ 'wait.times': '2', 'extension.times': '2', 'reopen.freely': '1' }),
  ...rows('caps', 'share')({ 'extension.share': '50%' }),
  ...rows('morning', 'natural')({ digest: '15 min', watch: '30 min' }),
  ...rows('morning', 'span')({ unreachable: '2 wd' }),
  // Response, resolution, satisfaction: together they are the whole.
  ...rows('ranking', 'weights')({ weights: '10%, 50%, 40%' }),
  ...rows(
    'ranking',
    'count',
  )({ 'least-valid': '5', 'volume.large': '20', 'volume.medium': '10', improved: '3' }),
} as const;

export type SettingKey = keyof typeof settings;

export const settingKeys = Object.keys(settings) as readonly SettingKey[];

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settings, key);

/** The numbers of one version, each in its normal form; a number that a stored version does not know has its default. */
export type RuleDocument = Readonly<Record<SettingKey, string>>;

export const completed = (known: Readonly<Partial<Record<SettingKey, string>>>): RuleDocument =>
  Object.fromEntries(settingKeys.map((key) => [key, known[key] ?? settings[key].value])) as Record<
    SettingKey,
    string
  >;

export const defaultDocument = completed({});

/** One number that differs between two versions. */
export interface RuleChange {
  readonly key: SettingKey;
  readonly from: string;
  readonly to: string;
}

export const changesBetween = (before: RuleDocument, after: RuleDocument): readonly RuleChange[] =>
  settingKeys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, from: before[key], to: after[key] }));
