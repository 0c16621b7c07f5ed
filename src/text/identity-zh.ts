/** 署名、遮盖、材料转交的中文文案。 */
import type { IdentityTexts } from './identity.js';

export const identityZh: IdentityTexts = {
  asked: (p) => `🔐 ${p.role}申请查看署名，理由见往来；${p.until} 前须由督办或委领导中的另一人批准`,
  deferred: (date) => `🤫 督办决定推迟告知企业，${date} 告知`,
  until: (time) => `🔓 两人已批准，署名显示到 ${time}，只有申请人和批准人看得到`,
  raise: (level) => `🔒 名字改为“${level}”`,
  lowerReaches: '看过的人已经知道，收不回来。',
  raiseReaches: '名字会从单位收到的卡片和全文里收回；他们已经打开的照片、文件、语音和列表收不回来。',
  seen: (p) => `🔓 ${p.at}，${p.asker}申请、${p.approver}批准，看过您的名字 15 分钟。理由见往来。`,
  uscc: (code) => `信用代码 ${code}（校验位正确）`,
  doubted: '核验不了',
  lowerAsked: (p) =>
    `🙋 值班受理员请您把名字从“${p.from}”改为“${p.to}”，理由见往来。由您决定；不同意也照样办理。`,
  mask: {
    proposed: (what) => `🕶 交给单位前会遮盖：${what}`,
    done: (what) => `🕶 单位看到的已遮盖：${what}`,
    count: (p) => `${p.kind} ${p.count} 处`,
    kinds: {
      name: '姓名',
      phone: '电话',
      plate: '车牌',
      uscc: '信用代码',
      'id-card': '身份证号',
      email: '邮箱',
      enterprise: '企业名称',
    },
    apply: '🕶 按建议遮盖',
    applied: '已按建议遮盖，单位看到的文字见卡片。',
    nothing: '没有要遮盖的，或者已经改写过。',
  },
  files: {
    button: (count) => `📎 逐份转交单位（${count}）`,
    title: '留在委内的材料',
    about: '先看，再逐份转交。材料里的文字、声音、人像和文件名也会让人认出企业。',
    line: (p) => `${p.ordinal}. ${p.what} · ${p.at}`,
    released: '已转交',
    look: (ordinal) => `👁 看第 ${ordinal} 份`,
    release: (ordinal) => `📤 转交第 ${ordinal} 份`,
    none: '没有留在委内的材料。',
  },
  preview: {
    department: (p) =>
      `${p.names}${p.several ? '（其中一家，值班受理员定）' : '（预计，值班受理员定）'}的负责人；签收前是全体承办人，签收后只有一名承办人和代班人`,
  },
};
