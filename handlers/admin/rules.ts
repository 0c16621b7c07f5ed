/** The numbers of the rules: reading them, proposing others by typing or by a file, and putting them into force. */
import { isSettingKey, settingGroups } from '../../src/domain/rules/settings.js';
import { plain } from '../../src/text/rich.js';
import {
  askRuleView,
  ruleGroupView,
  rulesMistakesView,
  rulesPreview,
  rulesView,
} from '../../src/text/screens/rules-screens.js';
import { view } from '../../src/text/view.js';
import type { Feature, HandlerDeps, PressHandler, Turn } from '../turn.js';

/** Nobody but the administrator presses these, whatever button he has got hold of. */
export const adminOnly =
  (press: PressHandler): PressHandler =>
  async (turn, pressed) =>
    turn.viewer.role === 'admin' ? await press(turn, pressed) : await turn.deny();

type Proposed = Awaited<ReturnType<HandlerDeps['actions']['changeRules']['proposeFile']>>;

/** Shows what would change, or what is wrong. */
export async function showProposal(turn: Turn, proposed: Proposed): Promise<void> {
  await turn.send(
    proposed.ok
      ? rulesPreview(proposed.proposal, turn.reader)
      : rulesMistakesView(proposed.mistakes, turn.reader),
  );
}

export const rules = ({ actions, queries }: HandlerDeps): Feature => ({
  commands: {
    rules: {
      roles: ['admin'],
      run: async (turn) => void (await turn.send(rulesView(await queries.rulesInForce(), turn.reader))),
    },
  },
  presses: {
    rules: adminOnly(async (turn, press) => {
      await actions.forgetQuestion(turn.viewer);
      const group = settingGroups.find((one) => one === press.arg);
      const inForce = await queries.rulesInForce();
      await turn.show(group ? ruleGroupView(group, inForce, turn.reader) : rulesView(inForce, turn.reader));
    }),
    'rules-ask': adminOnly(async (turn, press) => {
      const key = press.arg ?? '';
      if (!isSettingKey(key)) return await turn.toast(turn.reader.text.refusals['choice-unknown']);
      await actions.changeRules.ask(turn.viewer, key);
      await turn.show(askRuleView(key, await queries.rulesInForce(), turn.reader));
    }),
    'rules-file': adminOnly(async (turn) => {
      const inForce = await queries.rulesInForce();
      const version = String(inForce.version);
      await turn.sendDocument({
        bytes: Buffer.from(actions.changeRules.asFile(inForce)),
        fileName: `rules-${version}.json`,
        mimeType: 'application/json',
        caption: turn.reader.text.settings.fileCaption(version),
      });
    }),
    'rules-set': adminOnly(async (turn, press) => {
      const { settings: text } = turn.reader.text;
      const changed = await actions.changeRules.confirm(turn.viewer, press.id ?? '');
      const said = changed.ok
        ? text.done({ version: String(changed.version), count: changed.running })
        : text.refusals[changed.refusal];
      await turn.show(view(plain(said)));
    }),
    'rules-drop': adminOnly(async (turn, press) => {
      await actions.changeRules.drop(turn.viewer, press.id ?? '');
      await turn.show(view(plain(turn.reader.text.settings.dropped)));
    }),
  },
});
