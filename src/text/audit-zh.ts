/** 审计的中文文案。 */
import type { AuditTexts } from './audit.js';

export const auditZh: AuditTexts = {
  title: {
    all: '🔎 审计记录',
    case: (number) => `🔎 审计记录 · ${number}`,
    person: (name) => `🔎 审计记录 · ${name}`,
    day: (date) => `🔎 审计记录 · ${date}`,
  },
  how: '按编号查：/audit ZT-…；按日期查：/audit 2026-11-24；按人查：按下面的姓名。记录里没有企业和联系人的姓名，也没有任何正文。',
  empty: '没有记录。',
  looks: {
    identity: '看到了姓名',
    'full-text': '看了全文',
    files: '看了材料',
    letter: '取了函件',
    list: '看了列表',
    search: '查找过',
    ledger: '看了台账',
    audit: '看了审计记录',
  },
  denials: {
    forged: '按了不属于自己的按钮，被拒',
    'not-for-role': '用了本身份没有的功能，被拒',
    'no-such-case': '要看没有的或无权看的事项，被拒',
    'not-yours': '要办不归自己办的事，被拒',
  },
  changes: {
    file: '提交',
    'file-for': '代为登记',
    timed: '到时提醒',
    propose: '提出建议单位',
    'answer-survey': '回答评价',
    'survey-by-call': '电话评价',
    erase: '到期销毁',
    leave: '联系人注销账号',
    archive: '归档',
    'lapse-supplement': '补正逾期',
    'lapse-wait': '等待到期',
    merge: '并案',
    link: '关联',
    reassign: '换承办人',
    'end-unmask': '查看姓名的时间到',
    'tell-unmask': '告知企业姓名被查看',
    'release-file': '放行一份材料',
  },
  times: (count) => `（${count} 次）`,
  system: '系统',
  headPhaseOne: '🔔 审计链',
  head: (p) =>
    `🔗 审计链 · 第 ${p.seq} 条 · ${p.date}\n指纹：${p.hash}\n\n请留着这条消息：记录若被改动、删减或重写，与它对不上。`,
  seenBy: (list) => `👁 看过您姓名的：${list}`,
};
