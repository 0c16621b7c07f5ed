import { randomBytes } from 'node:crypto';
import { actFact } from '../domain/audit.js';
import { contradictionsIn } from '../domain/rules/compile-rules.js';
import { readValue } from '../domain/rules/read-value.js';
import {
  changesBetween,
  settings,
  type RuleChange,
  type RuleDocument,
  type SettingKey,
} from '../domain/rules/settings.js';
import type { Viewer } from '../domain/people.js';
import type { RulesInForce, RulesMistake, RulesProposal, RulesRefusal } from '../domain/rules/proposal.js';
import { readRulesFile, writeRulesFile } from '../organisation/rules-file.js';
import { announceSettings } from './announce-settings.js';
import type { ActionDeps } from './deps.js';
import { askedId } from './forget-question.js';

export type Proposed =
  | { readonly ok: true; readonly proposal: RulesProposal }
  | { readonly ok: false; readonly mistakes: readonly RulesMistake[] };

export type RulesChanged =
  | { readonly ok: true; readonly version: number; readonly running: number }
  | { readonly ok: false; readonly refusal: RulesRefusal };

const refused = (refusal: RulesRefusal, place: string | null = null): Proposed => ({
  ok: false,
  mistakes: [{ place, refusal }],
});

/** Changing the numbers of the rules: a proposal first, then a new version for cases filed from then on. */
export const changeRules = (deps: ActionDeps) => {
  const { store, rules, clock } = deps;
  const newest = (): number => rules.current().rules.rulesVersion;

  const propose = async ({ personId }: Viewer, document: RuleDocument): Promise<Proposed> => {
    const wrong = contradictionsIn(document);
    if (wrong.length > 0) return { ok: false, mistakes: wrong.map((refusal) => ({ place: null, refusal })) };
    const changes = changesBetween(rules.document(), document);
    if (changes.length === 0) return refused('same');
    const id = randomBytes(9).toString('base64url');
    await store.proposals.put({ id, personId, kind: 'rules', base: newest(), content: changes });
    const running = await store.work.countRunning();
    return { ok: true, proposal: { id, version: newest() + 1, changes, running } };
  };

  return {
    /** Remembers which number somebody is going to type. */
    ask: async (viewer: Viewer, key: SettingKey): Promise<void> =>
      await store.proposals.put({
        id: askedId(viewer.personId),
        personId: viewer.personId,
        kind: 'asked',
        base: newest(),
        content: key,
      }),

    /** Takes what was typed for the number that was asked for; null when none was. */
    async proposeTyped(viewer: Viewer, typed: string): Promise<Proposed | null> {
      const { personId } = viewer;
      const asked = await store.proposals.get<SettingKey>(askedId(personId), { personId, kind: 'asked' });
      if (!asked) return null;
      if (viewer.role !== 'admin') return refused('not-yours');
      await rules.refresh('now');
      const read = readValue(settings[asked.content].kind, typed);
      if (!read.ok) return refused(read.refusal, asked.content);
      const proposed = await propose(viewer, { ...rules.document(), [asked.content]: read.value });
      if (proposed.ok) await store.proposals.drop(asked.id, personId);
      return proposed;
    },

    /** Takes a file of rules; numbers it leaves out stay as they are. */
    async proposeFile(viewer: Viewer, text: string): Promise<Proposed> {
      if (viewer.role !== 'admin') return refused('not-yours');
      await rules.refresh('now');
      const file = readRulesFile(text);
      if (!file.ok) return file.mistakes ? { ok: false, mistakes: file.mistakes } : refused('not-a-document');
      if (file.version !== null && file.version !== newest()) return refused('stale');
      return await propose(viewer, { ...rules.document(), ...file.numbers });
    },

    /**
     * Puts a proposal into force as the next version, if that is still the next one: two taps make one version, and of
     * two administrators the second is told that the first was faster.
     */
    async confirm(viewer: Viewer, proposalId: string): Promise<RulesChanged> {
      if (viewer.role !== 'admin') return { ok: false, refusal: 'not-yours' };
      const { personId } = viewer;
      const proposal = await store.proposals.get<readonly RuleChange[]>(proposalId, {
        personId,
        kind: 'rules',
      });
      if (!proposal) return { ok: false, refusal: 'forgotten' };
      await rules.refresh('now');
      const version = proposal.base + 1;
      const made = await store.ruleVersions.byNumber(version);
      if (made ? made.proposalId !== proposalId : newest() !== proposal.base)
        return { ok: false, refusal: 'stale' };
      const changed = Object.fromEntries(proposal.content.map(({ key, to }) => [key, to]));
      const running = await store.work.countRunning();
      const added =
        made !== null ||
        (await store.ruleVersions.add({
          version,
          document: { ...rules.document(), ...changed },
          changes: proposal.content,
          changedBy: personId,
          changedAt: clock.now(),
          proposalId,
        }));
      if (added)
        await store.auditWaiting.fact(
          actFact(viewer, { what: 'rules-changed', causeId: proposalId, detail: `${version}` }, clock.now()),
        );
      await rules.refresh('now');
      await announceSettings(deps)();
      return added ? { ok: true, version, running } : { ok: false, refusal: 'stale' };
    },

    asFile: ({ version, document }: RulesInForce): string => writeRulesFile(version, document),

    drop: async (viewer: Viewer, proposalId: string): Promise<boolean> =>
      await store.proposals.drop(proposalId, viewer.personId),
  };
};
