/** 函件、晨报、交接班的中文文案。 */
import type { OfficeTexts } from './office.js';

export const officeZh: OfficeTexts = {
  letters: {
    button: (count) => (count > 1 ? `📄 函件（${count}）` : '📄 函件'),
    none: '这件事没有您可以看的函件。',
  },
  digest: {
    phaseOne: '🔔 今日事项',
    title: (p) => `🌅 今日事项 · ${p.date} · ${p.role}`,
    group: {
      late: (count) => `🟥 已超时（${count}）`,
      today: (count) => `⏰ 今天到期（${count}）`,
      reminded: (count) => `⏳ 时限过半或将尽（${count}）`,
      waiting: (count) => `👉 等您处理（${count}）`,
    },
    due: (p) => `${p.clock} ${p.date} 到期`,
    more: (count) => `……另有 ${count} 件，见待办`,
  },
  team: {
    title: (department) => `👥 ${department} · 承办人与在办件`,
    choose: '哪个单位？',
    member: (p) => `${p.name} · 在办 ${p.open}`,
    mark: { left: '已不在岗', unreachable: '联系不上', away: (until) => `外出至 ${until}` },
    nobody: '这个单位没有承办人。请管理员补充。',
    about: (p) => `${p.name}：在办 ${p.open} 件。`,
    ask: '全部交给谁？按一下就办，接手人会收到卡片，企业的卡片会更新。',
    nobodyElse: '没有可以接手的人：其他承办人都外出或联系不上。',
    give: (p) => `⇄ ${p.open} 件全部交给 ${p.name}`,
    awayFor: (days) => `🏖 外出 ${days} 个工作日`,
    awayForGood: '🚪 已离任',
    back: '↩️ 已回来',
    moved: (p) =>
      `已把 ${p.count} 件交给 ${p.name}。${p.kept > 0 ? `还有 ${p.kept} 件须由别人接手（回避，或刚刚变动）。` : ''}`,
    unknown: '名单有变化，请再看一遍。',
    handOver: '⇄ 换承办人…',
    whoTakes: '这件事由谁接手？',
  },
};
