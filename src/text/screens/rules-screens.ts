/** The rules as an administrator reads and changes them, and as supervisors and leaders are told of a change. */
import type { RulesInForce, RulesMistake, RulesProposal } from '../../domain/rules/proposal.js';
import {
  isSettingKey,
  settingGroups,
  settingKeys,
  settings,
  type RuleChange,
  type SettingGroup,
  type SettingKey,
} from '../../domain/rules/settings.js';
import { writtenValue } from '../numbers.js';
import { dateFor, type Reader } from '../reader.js';
import { blocks, bold, lines, plain, type Rich } from '../rich.js';
import { inRows, view, type Button, type View } from '../view.js';

const valueFor = (key: SettingKey, value: string, { text }: Reader): string =>
  writtenValue(key, value, text.settings.unit);

const keysOf = (group: SettingGroup): readonly SettingKey[] =>
  settingKeys.filter((key) => settings[key].group === group);

const groupBlock = (group: SettingGroup, { document }: RulesInForce, reader: Reader): Rich => {
  const { settings: text } = reader.text;
  return lines(
    bold(text.group[group]),
    ...keysOf(group).map((key) =>
      text.line({ name: text.name[key], value: valueFor(key, document[key], reader) }),
    ),
  );
};

const fileButton = ({ text }: Reader): Button => ({
  label: text.settings.asFile,
  press: { action: 'rules-file' },
});

/** Every number in force, and a button for each group. */
export function rulesView(rules: RulesInForce, reader: Reader): View {
  const { settings: text } = reader.text;
  const groups = settingGroups.map((group): Button => ({
    label: text.group[group],
    press: { action: 'rules', arg: group },
  }));
  return view(
    blocks(
      lines(bold(text.title(String(rules.version))), rules.since && text.since(dateFor(reader, rules.since))),
      ...settingGroups.map((group) => groupBlock(group, rules, reader)),
      text.how,
    ),
    [...inRows(groups, 2), [fileButton(reader)]],
  );
}

/** The numbers of one group, a button each. */
export function ruleGroupView(group: SettingGroup, rules: RulesInForce, reader: Reader): View {
  const { settings: text } = reader.text;
  const keys = keysOf(group).map((key): Button => ({
    label: text.name[key],
    press: { action: 'rules-ask', arg: key },
  }));
  return view(groupBlock(group, rules, reader), [
    ...inRows(keys, 2),
    [{ label: reader.text.buttons.back, press: { action: 'rules' } }],
  ]);
}

export function askRuleView(key: SettingKey, { document }: RulesInForce, reader: Reader): View {
  const { settings: text } = reader.text;
  const asked = {
    name: text.name[key],
    value: valueFor(key, document[key], reader),
    example: text.example[settings[key].kind],
  };
  return view(plain(text.ask(asked)), [
    [{ label: reader.text.buttons.back, press: { action: 'rules', arg: settings[key].group } }],
  ]);
}

const changeLines = (changes: readonly RuleChange[], reader: Reader): readonly string[] =>
  changes.map(({ key, from, to }) =>
    reader.text.settings.change({
      name: reader.text.settings.name[key],
      from: valueFor(key, from, reader),
      to: valueFor(key, to, reader),
    }),
  );

/** Old and new side by side, from when it counts, and whom it leaves alone; nothing has changed yet. */
export function rulesPreview({ id, version, changes, running }: RulesProposal, reader: Reader): View {
  const { settings: text } = reader.text;
  const hours = changes.some(({ key }) => key === 'hours');
  return view(
    blocks(
      lines(bold(text.previewTitle(String(version))), ...changeLines(changes, reader)),
      lines(text.fromWhen, text.running(running), hours && text.hoursNote),
    ),
    [
      [
        { label: text.confirm, press: { action: 'rules-set', id } },
        { label: text.drop, press: { action: 'rules-drop', id } },
      ],
    ],
  );
}

/** What is wrong, number by number; nothing has changed. */
export function rulesMistakesView(mistakes: readonly RulesMistake[], reader: Reader): View {
  const { settings: text } = reader.text;
  const wrong = mistakes.slice(0, 20).map(({ place, refusal }) => {
    const what = text.refusals[refusal];
    const name = place !== null && isSettingKey(place) ? text.name[place] : place;
    return name === null ? what : text.wrong({ place: name, what });
  });
  return view(lines(bold(text.nothingChanged), ...wrong));
}

/** Told once to supervisors and leaders. */
export const rulesNotice = (
  { version, changes }: { readonly version: number; readonly changes: readonly RuleChange[] },
  reader: Reader,
): View =>
  view(
    blocks(
      lines(bold(reader.text.settings.noticeTitle(String(version))), ...changeLines(changes, reader)),
      reader.text.settings.noticeEnd,
    ),
  );
