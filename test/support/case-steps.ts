/** Bringing a case to where a conversation begins, said and pressed as people do it. */
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, type Channel } from './channel.js';
import { quiet } from './listening.js';
import { file } from './steps.js';

/** A complaint about the Approvals Bureau: general tier, service track, not urgent. */
export const slowPermit =
  '我们厂扩建项目的环评批复材料 3 月 12 日就在窗口交齐了，到现在五个多月没有任何书面答复，每次去问都说在走流程。';
/** A complaint about the Housing Bureau, where the head signs off. */
export const unpaidWork =
  '区住建局下属平台公司拖欠我们工程款 312 万，竣工验收、合同、结算单都有，每次都说领导没签字。';

/** The newest card of a case that somebody holds, once nothing is under way any more. */
export async function cardOf(channel: Channel, person: TestPerson, number: string): Promise<ViewMessage> {
  await quiet(channel);
  return await person.waitFor(
    ({ text = '', inlineKeyboard }) => text.includes(number) && inlineKeyboard !== undefined,
  );
}

/** Presses a button of somebody's card of a case, on the card as it is after everything before has arrived. */
export async function pressOn(
  channel: Channel,
  { person: telegramId, number, label }: { person: number; number: string; label: string | RegExp },
): Promise<string | undefined> {
  const person = channel.person(telegramId);
  await quiet(channel);
  const named = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text));
  // What is rarely wanted stands behind "more".
  const newest = person.messages().findLast(({ from, text = '' }) => from === 'bot' && text.includes(number));
  const labels = (newest?.inlineKeyboard ?? []).flat().map(({ text }) => text);
  if (newest && !labels.some(named) && labels.includes('更多操作…'))
    await person.press('更多操作…', { message: newest });
  const message = await person.waitFor(
    ({ text = '', inlineKeyboard }) =>
      text.includes(number) && (inlineKeyboard ?? []).flat().some((button) => named(button.text)),
  );
  const { answer } = await person.press(label, { message });
  return answer?.text;
}

export interface Bringing {
  readonly owner?: number;
  readonly text?: string;
  readonly confidentiality?: '公开' | '仅委内可见' | '锁定';
  /** The department as the duty officer's button names it. */
  readonly department?: string;
  readonly officer?: number;
}

/** The enterprise files; everybody needed must have arrived. */
export const filed = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const { owner = cast.owner, text = slowPermit, confidentiality = '仅委内可见' } = given;
  return await file(channel.person(owner), text, { confidentiality });
};

/** … and the duty officer dispatches it as proposed. */
export const dispatched = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const number = await filed(channel, given);
  const label = `📮 交办 ${given.department ?? '审批局'}`;
  await pressOn(channel, { person: cast.duty, number, label });
  return number;
};

/** … and an officer signs. */
export const signed = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const number = await dispatched(channel, given);
  await pressOn(channel, { person: given.officer ?? cast.officer, number, label: '✅ 签收' });
  return number;
};

/** … and makes the first contact through the bot. */
export const contacted = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const number = await signed(channel, given);
  const person = given.officer ?? cast.officer;
  await pressOn(channel, { person, number, label: /首次联系/ });
  await channel.person(person).say('您好，我是承办人，正在核实。');
  await quiet(channel);
  return number;
};

/** Fills in the department's result up to the screen for checking; nothing is sent yet. */
export async function writeResult(
  channel: Channel,
  { person: telegramId, number, label = /上报办结/ }: { person: number; number: string; label?: RegExp },
): Promise<void> {
  const person = channel.person(telegramId);
  const since = person.mark();
  await pressOn(channel, { person: telegramId, number, label });
  await person.waitFor(/办理结果/, { since });
  await person.say('批复已出，今日可到窗口领取。');
  await person.waitFor(/哪些措施/, { since });
  await person.say('与环评科会商，补齐内部流转。');
  await person.waitFor(/佐证/, { since });
  await person.photo();
  await person.press(/材料齐了/);
  await person.waitFor(/请核对后上报/, { since });
}

/** … and submits the result with a photo. */
export const submitted = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const number = await contacted(channel, given);
  const person = given.officer ?? cast.officer;
  await writeResult(channel, { person, number });
  await channel.person(person).press('📤 上报');
  await quiet(channel);
  return number;
};

/** … and the commission strikes it off. */
export const closed = async (channel: Channel, given: Bringing = {}): Promise<string> => {
  const number = await submitted(channel, given);
  await pressOn(channel, { person: cast.duty, number, label: /核销$/ });
  await quiet(channel);
  return number;
};
