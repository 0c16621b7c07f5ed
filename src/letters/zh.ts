/** 函件的中文文本，以此为准。 */
import type { LetterWords } from './letter-text.js';

export const zh: LetterWords = {
  title: {
    supervision: '督办函',
    interview: '约谈通知书（拟稿）',
    'transfer-draft': '移送函（拟稿）',
    transfer: '移交函',
    'transfer-receipt': '移交回执',
  },
  addressee: {
    supervision: (w) => `${w.department}：`,
    interview: (w) => `${w.department}${w.headName ? ` ${w.headName}` : '主要负责人'}：`,
    'transfer-draft': () => '委领导：',
    transfer: () => '受移交机关：',
    'transfer-receipt': () => '委：',
  },
  paragraphs: {
    supervision: (w) => [
      `你单位承办的企业诉求（编号 ${w.caseNumber}，${w.about}），${w.filed}收件，应于 ${w.due} 前办结。现已超过时限，仍未上报办结。`,
      ...(w.second ? [`此前已发 ${w.earlier}，未收到书面说明，现再次督办。`] : []),
      `请单位负责人于 ${w.answerBy} 前作出书面说明，写明未按期办结的原因、已采取的措施和办结日期，并抓紧办理。`,
      w.second ? '仍不说明或不办理的，将提请约谈，并视情移送。' : '逾期不说明的，将再次督办并报告委领导。',
    ],
    interview: (w) => [
      `你单位承办的企业诉求（编号 ${w.caseNumber}，${w.about}）应于 ${w.due} 前办结，至今严重超时。已发函件：${w.earlier}。`,
      '现通知你到委接受约谈，请携带本件办理情况、未按期办结的原因说明和整改措施。约谈时间、地点另行通知。',
      '本通知为系统拟稿，由委领导决定是否发出。',
    ],
    'transfer-draft': (w) => [
      `${w.department}承办的企业诉求（编号 ${w.caseNumber}，${w.about}），${w.filed}收件，应于 ${w.due} 前办结，经提醒、督办仍未办结。已发函件：${w.earlier}。`,
      '建议将该单位在本件中的履职情况移送有关机关处理。',
      '本函为系统拟稿，是否移送、移送何机关、依据何条款，由委领导决定。',
    ],
    transfer: (w) => [
      `现将我委受理的问题线索（编号 ${w.caseNumber}，${w.filed}收件）移交处理。`,
      `移交机关与依据：${w.basis}`,
      '反映人信息不随函移交。请收到后在所附回执上填写收文编号和日期，退回我委。',
    ],
    'transfer-receipt': (w) => [`移交函所列线索（编号 ${w.caseNumber}）已收到。`],
  },
  blanks: {
    interview: ['约谈时间：', '约谈地点：', '决定人：'],
    'transfer-draft': ['移送机关：', '法律依据：', '决定人：'],
    'transfer-receipt': ['收文机关：', '收文编号：', '收文日期：', '经手人：'],
  },
  nobody: '责任单位',
  sender: '委（企业直通车）',
  none: '无',
  provisional: '（该年放假安排未公布，日期暂定）',
  about: (domain, conduct, urgent) =>
    [
      `方面：${domains[domain]}`,
      ...(conduct ? [`问题：${conducts[conduct]}`] : []),
      ...(urgent ? ['加急'] : []),
    ].join('，'),
  joined: (numbers) => numbers.join('、'),
  courtesy: '',
};

const domains = {
  policy: '惠企政策',
  approval: '行政审批',
  enforcement: '行政执法',
  bidding: '招标投标',
  utilities: '用水用电用地',
  finance: '融资',
  arrears: '拖欠账款',
  intermediaries: '中介与行业协会',
  other: '其他',
} as const;

const conducts = {
  inaction: '不作为',
  delay: '慢作为',
  abuse: '乱作为',
  buck: '推诿',
  coldness: '态度冷硬',
  extortion: '吃拿卡要',
  integrity: '其他腐败线索',
} as const;
