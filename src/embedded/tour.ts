/** The tour of the sandbox's page: one case from the first words to the month's rates, for the sample organisation. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A step as the sandbox takes it: whose chat, what to do, what may be pasted, and when it counts as done. */
export interface TourStep {
  readonly id: string;
  readonly title: Words;
  readonly hint: Words;
  readonly personId?: number;
  readonly paste?: Words;
  readonly doneWhen: { readonly personId: number; readonly text: string };
}

const owner = 1001;
const officer = 2002;
const duty = 3001;
const supervisor = 3002;
const leader = 3003;

/** Whose chats the page shows first: both ends of a case, then who decides and who presses. */
export const firstChats: readonly number[] = [owner, officer, duty, supervisor];

/** Everybody who plays in the tour; an organisation without one of them gets no tour. */
export const tourPeople: readonly number[] = [owner, officer, duty, leader];

export const tour: readonly TourStep[] = [
  {
    id: 'report',
    title: { zh: '企业主反映一件事', en: 'The owner reports something' },
    hint: {
      zh: '按“开始”，选语言，读完提示。然后写下发生的事并发送，逐步确认到“确认提交”。得到编号和承诺日期。',
      en: 'Press Start, choose the language, read the notice. Then write what happened, send it, and go on to “Send”. You get a case number and a promised date.',
    },
    personId: owner,
    paste: {
      zh: '我们厂扩建项目的环评批复材料 3 月 12 日就在审批局窗口交齐了，到现在没有任何书面答复，每次去问都说“在走流程”，换了三个经办人。设备已经到货，放在露天，每天损失一万多。',
      en: 'Our application for the environmental permit of our plant extension has been waiting at the Approvals Bureau counter since 12 March. All papers are complete, but more than five months later there is still no written answer; every time we ask we are told it is being processed. The machines have arrived and we lose money every day.',
    },
    doneWhen: { personId: owner, text: 'ZT-\\d{3}-\\d{3}-\\d{4}' },
  },
  {
    id: 'dispatch',
    title: { zh: '值班受理员交办', en: 'The duty officer dispatches it' },
    hint: {
      zh: '按“开始”，选语言。新件已经在等：系统建议了责任单位，按“交办 审批局”。',
      en: 'Press Start and choose the language. The new case is waiting with a proposal: press “Dispatch to Approvals Bureau” (交办 审批局, where the card came before your language).',
    },
    personId: duty,
    doneWhen: {
      personId: owner,
      text: '您的事已交责任单位|Your case has gone to the responsible department',
    },
  },
  {
    id: 'contact',
    title: { zh: '承办人签收并首次联系企业', en: 'The officer signs and makes first contact' },
    hint: {
      zh: '按“开始”，选语言。卡片上看不到企业名字：企业选的是“仅委内可见”。按“签收”，再按“首次联系企业”，问一句话。企业主会收到，也可以回答。',
      en: 'Press Start and choose the language. The card does not show the name: the owner chose “Commission only”. Press “Sign” (签收), then “First contact”, and ask something. The owner gets it and can answer.',
    },
    personId: officer,
    paste: {
      zh: '您好，我是审批局承办人。请问受理回执的编号是多少？我今天就去环评科核对。',
      en: 'Hello, I handle your case at the Approvals Bureau. What is the number on your receipt? I will look into it today.',
    },
    doneWhen: { personId: owner, text: '💬 有一条新消息|💬 New message' },
  },
  {
    id: 'clock',
    title: { zh: '让时间过去，直到提醒响起', en: 'Let time pass until a reminder rings' },
    hint: {
      zh: '在上方的时钟按“+5 个工作日”，再按“+1 个工作日”（手机上先点时间）。时限过半，承办人早上收到“今日事项”提醒；再不办，会有黄牌、橙牌、红牌和督办函。',
      en: 'In the clock at the top press “+5 working days”, then “+1 working day” (on a phone tap the time first). Half of the time is used and the officer’s digest of the morning says so; further delay brings yellow, orange and red cards and a supervision letter.',
    },
    doneWhen: { personId: officer, text: '⏳ (提醒|时限过半|Reminder|Half of the time)' },
  },
  {
    id: 'submit',
    title: { zh: '承办人上报办结', en: 'The officer submits the result' },
    hint: {
      zh: '在最新的卡片上按“上报办结”，写结果、措施，发一份佐证（附件里有样例照片），再按“材料齐了”和“上报”。',
      en: 'On the newest card press “Submit as done”, write the result and the measures, send a piece of evidence (Attach has a sample photo), then “That’s all” and “Submit”.',
    },
    personId: officer,
    paste: {
      zh: '环评批复已于今日签发，企业可到窗口领取。',
      en: 'The permit was issued today and can be collected at the counter.',
    },
    doneWhen: { personId: owner, text: '责任单位说已办完|The department says your case is done' },
  },
  {
    id: 'close',
    title: { zh: '委核查后核销', en: 'The commission checks and strikes it off' },
    hint: {
      zh: '值班受理员核对结果和佐证，属实就按“核查属实，核销”；不属实就“退回重办”。',
      en: 'The duty officer reads result and evidence: “Checked: strike off” when true, “Send back for redo” when not.',
    },
    personId: duty,
    doneWhen: { personId: owner, text: '委已核销。请答三个问题|Three questions, ten seconds' },
  },
  {
    id: 'survey',
    title: { zh: '企业主评价', en: 'The owner answers three questions' },
    hint: {
      zh: '联系过吗、解决了吗、满意吗。答“没解决”或“不满意”，就可以要求重办。',
      en: 'Contacted? Solved? Satisfied? Whoever says no can have it redone.',
    },
    personId: owner,
    doneWhen: {
      personId: owner,
      text: '您的评价已记入这家单位的三率|Your answers count in this department’s',
    },
  },
  {
    id: 'rank',
    title: { zh: '委领导看三率晾晒', en: 'The leader reads the published ranking' },
    hint: {
      zh: '按“开始”，选语言，发送 /rank。评价已经计入本月三率；满 5 件有效评价才排名，月末后可以公布。',
      en: 'Press Start, choose the language, send /rank. The answers already count in this month’s rates; five valid answers make a rank, and a month that is over can be published.',
    },
    personId: leader,
    paste: { zh: '/rank', en: '/rank' },
    doneWhen: { personId: leader, text: '📊 .*三率|📊 The three rates' },
  },
];
