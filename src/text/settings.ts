/** Texts with which an administrator reads and changes the numbers of the rules. */
import type { RulesRefusal } from '../domain/rules/proposal.js';
import type { Unit } from '../domain/rules/read-value.js';
import type { SettingGroup, SettingKey, SettingKind } from '../domain/rules/settings.js';

type Words<K extends string> = Readonly<Record<K, string>>;

export interface SettingsTexts {
  readonly group: Words<SettingGroup>;
  readonly name: Words<SettingKey>;
  /** What to type for a value of a kind. */
  readonly example: Words<SettingKind>;
  readonly unit: Readonly<Record<Unit, (count: string) => string>>;
  readonly title: (version: string) => string;
  readonly since: (date: string) => string;
  readonly how: string;
  readonly line: (p: { readonly name: string; readonly value: string }) => string;
  readonly asFile: string;
  readonly fileCaption: (version: string) => string;
  readonly ask: (p: { readonly name: string; readonly value: string; readonly example: string }) => string;
  readonly previewTitle: (version: string) => string;
  readonly change: (p: { readonly name: string; readonly from: string; readonly to: string }) => string;
  readonly fromWhen: string;
  readonly running: (count: number) => string;
  readonly hoursNote: string;
  readonly confirm: string;
  readonly drop: string;
  readonly dropped: string;
  readonly done: (p: { readonly version: string; readonly count: number }) => string;
  readonly wrong: (p: { readonly place: string; readonly what: string }) => string;
  readonly nothingChanged: string;
  readonly refusals: Words<RulesRefusal>;
  /** Told to supervisors and leaders. */
  readonly phaseOne: string;
  readonly noticeTitle: (version: string) => string;
  readonly noticeEnd: string;
}
