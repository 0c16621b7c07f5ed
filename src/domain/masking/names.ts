/** People's names, told from words by what stands around them: a title behind, or "my name is" before. Pure. */
import type { Mark } from './mask.js';

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳祝纪尚毕耿左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷卞舒屈项';
const surname = `(?:欧阳|上官|司马|诸葛|皇甫|慕容|夏侯|[${surnames}])`;
/** What a given name does not hold: words of grammar, and what offices and places are called. */
const given = String.raw`(?![的了是在来去说要让给和与到不没有我你他她们这那就都也很还被把向对从上下局科室部委厅处司厂区县市会院所站队某])\p{Script=Han}`;

const titles =
  '科长|局长|处长|所长|主任|队长|股长|站长|镇长|县长|区长|市长|部长|厂长|行长|院长|校长|董事长|书记|经理|老板|先生|女士|小姐|同志|师傅|工程师|会计|律师|医生|老师|警官|法官|总(?=[说让叫的在来去又也打给本，。、！？,!?:：；;\\s]|$)';
const labels =
  '姓名|联系人|负责人|法定代表人|法人代表|法人|经办人|办理人|窗口人员|工作人员|老板|我叫|我是|名叫|叫做|签字人|检查员|审批员';

const withTitle = new RegExp(`${surname}(?:${given}){0,2}(?=副?(?:${titles}))`, 'gu');
const afterLabel = new RegExp(
  `(?<=(?:${labels})[是为叫:： ]{0,2})${surname}(?:${given}){1,2}(?=$|[^\\p{Script=Han}]|[的说在来和与到要让向给对本])`,
  'gu',
);
const english =
  /(?<=\b(?:Mr|Mrs|Ms|Miss|Dr|Inspector|Officer|Director)\.?\s)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|(?<=\b(?:[Mm]y name is|[Nn]ame:|[Cc]ontact:)\s)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?/g;

/** Words that begin like a name. */
const notNames =
  /^(?:安全|安置|安排|高级|高新|高速|常务|常州|金融|金华|文化|文旅|文体|施工|管委|管理|向阳|温州|徐州|苏州|郑州|江城|江东|江西|江苏|江北|江南|黄石|马上|马路|方面|方案|方便|石油|石化|白天|白班|万元|万达|武汉|武装|康复|任何|任务|钟点|章程|项目|关于|关键|关系|路政|路段|路桥|齐全|申请|申报|尚未|毕竟|季度|符合|左右|曲线|兰州|甘肃|童装|游客|林业|林场|何时|何种|何人|田间|龙头|严重|严格|于是|莫名|易制|顾客|顾问|许可|许多|程序|夏季|余额|余下|沈阳|孔隙|段落|雷达|史上|牛肉|汤料|钱款|施肥|陆续|陆运|周边|周末|周期|周转|周一|周二|周三|周四|周五|周六|周日|谢谢|何况|范围|丁字|平安)/u;
/** Words that end in what could be a surname. */
const endsOtherwise =
  /(?:[现前新继担历责信时委上连离在]任|[对双地官各我甲乙多前后大]方|[有机相海无]关|[公治保平]安|[工进流规章课议]程|[农园森]林|[城主托监高尽]管|长江|千万|上万|百万|[时会]计|道路|公路|铁路|一路|重庆|[法律公]文|[经往]常|非常|日常|正常|提高|最高|黄金|资金|现金|基金|奖金|税金|租金|押金|明白|以至于|由于|关于|对于|关于|意向|方向|手段|阶段|地段|历史|风雷|首钢)$/u;

/** Marks names by the words around them, and the writer's own name wherever it stands. */
export function nameMarks(text: string, own: readonly string[]): readonly Mark[] {
  const mark = (start: number, length: number): Mark => ({ kind: 'name', start, end: start + length });
  const byContext = [withTitle, afterLabel].flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter((hit) => isName(text, hit.index, hit[0]))
      .map((hit) => mark(hit.index, hit[0].length)),
  );
  const inEnglish = [...text.matchAll(english)].map((hit) => mark(hit.index, hit[0].length));
  const known = own.filter((name) => /\p{L}.*\p{L}/u.test(name));
  const ownMarks = known.flatMap((name) => placesOf(text, name).map((start) => mark(start, name.length)));
  return [...ownMarks, ...byContext, ...inEnglish];
}

const isName = (text: string, at: number, name: string): boolean =>
  !notNames.test(text.slice(at, at + 2)) && !(name.length < 3 && endsOtherwise.test(text.slice(0, at + 1)));

function placesOf(text: string, name: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) places.push(at);
  return places;
}
