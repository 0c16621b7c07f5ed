/** The ways in which an enterprise calls itself. Pure. */
import type { Mark } from './mask.js';

const legalForms =
  /(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|分公司|合伙企业|个体工商户|工作室|经营部|商行|合作社|厂|店|[ ,]*(?:Co\.?|Company)?[ ,]*(?:Ltd|Limited|Inc|LLC|Corp|Corporation|GmbH|PLC)\.?)$/i;
const trades =
  /(?:机械|科技|贸易|商贸|建材|食品|实业|物流|电子|建筑|工程|服装|餐饮|运营|管理|产业园|制造|设备|材料|化工|医药|农业|投资|信息|技术|网络|文化|传媒|装饰|纺织|家具|汽车|汽配|五金|塑料|模具|能源|环保|酒店|供应链|智能|精密|电器|包装|印刷)$/;
const place = /^\p{Script=Han}{2,3}?[省市区县镇]/u;

/** Marks the enterprise's name in full, shortened, and its short brand where the words around it speak of oneself. */
export function enterpriseMarks(text: string, name: string | null): readonly Mark[] {
  if (name === null) return [];
  const whole = name.trim().toLowerCase();
  const core = cutOff(whole, legalForms);
  const brand = cutOff(core, trades);
  const withoutPlace = brand.replace(place, '');
  const isHan = /\p{Script=Han}/u.test(whole);
  const least = isHan ? 3 : 4;
  const sure = [whole, core, brand, withoutPlace].filter((one) => one.length >= least);
  const short = isHan ? [withoutPlace, brand.slice(-2)].filter((one) => one.length >= 2) : [];
  return [
    ...found(text, sure.map(escaped)),
    ...found(
      text,
      short.flatMap((one) => [
        `(?<=我们|咱们|本公司|我司|我们公司|我厂|我)${escaped(one)}`,
        `${escaped(one)}(?=公司|集团|厂|店|机械|科技|食品|建材|实业|有限)`,
      ]),
    ),
  ];
}

/** Takes off endings as long as there are any. */
function cutOff(name: string, ending: RegExp): string {
  const shorter = name.replace(ending, '').trim();
  return shorter === name || shorter === '' ? name : cutOff(shorter, ending);
}

const escaped = (text: string): string =>
  text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);

function found(text: string, patterns: readonly string[]): readonly Mark[] {
  if (patterns.length === 0) return [];
  const longestFirst = patterns.toSorted((a, b) => b.length - a.length).join('|');
  return [...text.matchAll(new RegExp(longestFirst, 'giu'))].map((hit) => ({
    kind: 'enterprise',
    start: hit.index,
    end: hit.index + hit[0].length,
  }));
}
