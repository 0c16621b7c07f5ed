/** Shared pieces of the word families: how long something takes, and who is meant by "the authority". */

const count = '(?:\\d{1,8}(?:\\.\\d{1,8})?|[一二两三四五六七八九十百几半多数好仨俩大]{1,6})';

/** A stretch of time in Chinese; a date such as "3月12日" is none. */
export const spanZh = `(?:${count}个?(?:多|半|几)?(?:工作日|月(?!\\d|份|底|初|中)|星期|礼拜|季度)(?:多|了)?|${count}多?(?:天|周|年)(?:多|半)?|半年多?|大半年|好久|很久|个把月|月余|半载|经年|数[日周月年]|一年半载|多时|多日)`;

/** A stretch of time in English. */
export const spanEn =
  '(?:(?:\\d{1,8}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|half a|over a|a few|a couple of)(?: (?:working|business|whole|full|long))?[ -](?:days?|weeks?|months?|years?|quarters?))';

/** A public body or its like, as owners name it in Chinese; without its suffix, so that one body counts once. */
export const bodyZh =
  '(?:财政|经信|工信|科技|税务|税局|街道|住建|规划|城投|招商|发改|人社|环保|生态环境|消防|应急|自然资源|国土|不动产|市场监管|市监|工商|人民银行|人行|金融(?=办|局)|管委会|园区(?!的?(?:道|门|公|厂))|公安|派出所|交警|城管|执法队|水务|水利|卫健|卫生局|农业|交通局|商务局|供电|供水|燃气公司|电力公司|审批(?=局|科|中心)|征收|采购(?=办|单位|中心|人)|交易(?=办|中心)|海关|民政|文旅|教育局|镇政府|镇里|乡里|区里|市里|县里|区政府|市政府|县政府|社保|医保|公积金|林业|气象|人防|房管|不动产中心|信访|政务中心|大厅|总包|业主单位|平台公司|银行|(?<=[让找叫说归推给])[\\u4e00-\\u9fff]{1,3}(?=局|办|所|科|处|委))';

/** An official by office or work, in Chinese. */
export const officialZh =
  '(?:[局科处股所队站院行镇县区市乡村厅校]长|主席|总经理|科员|专员|老师|师傅|测量员|评委|辅警|城管|局长|科长|处长|股长|所长|队长|站长|院长|行长|镇长|县长|区长|市长|乡长|村长|主任|书记|组长|总监|主管|领导|秘书|干部|公务员|科员|办事员|经办人|工作人员|执法(?:人|队)?员|检查(?:人)?员|稽查(?:队)?员|审批员|项目经理|会长)';

/** Whose kin or friend makes a company suspicious, in Chinese. */
export const kinZh =
  '(?:老婆|妻子|夫人|爱人|老公|丈夫|儿子|女儿|女婿|儿媳|弟弟|哥哥|妹妹|姐姐|兄弟|姐夫|妹夫|妹婿|连襟|亲家|小舅子|大舅子|小姨子|舅舅|外甥女?|侄子|侄女|表弟|表哥|表妹|堂弟|堂哥|岳父|丈母娘|岳母|丈人|亲戚|亲属|家属|家里人|亲信|朋友|战友|同学|情人|情妇|熟人|老乡|发小|哥们|司机)';

/** An official by office or work, in English. */
export const officialEn =
  '(?:officials?|officers?|mayor|director|deputy(?: director| head| mayor)?|chief|section chief|bureau chief|head|inspectors?|commissioner|secretary|leader|clerk|manager|captain|magistrate|chairman|governor|councillor|minister|bureaucrat|civil servant|loan officer|examiner|surveyor)';

/** Whose kin or friend makes a company suspicious, in English. */
export const kinEn =
  '(?:wife|husband|brother(?:-in-law)?|sister(?:-in-law)?|son(?:-in-law)?|daughter(?:-in-law)?|cousin|nephew|niece|uncle|aunt|father(?:-in-law)?|mother(?:-in-law)?|relatives?|family|friends?|mate|buddy|classmate|girlfriend|mistress|boyfriend|driver)';

/**
 * "Nobody asked for a gift" takes the word back; "I did not give one", "if we give none" and "I have no proof" do
 * not. Rather one seal too many than a bribe shown to the office that takes it.
 */
export const nobodyDidZh =
  /(?:没有?|从未|并未|未曾|从不|从没|不曾|不存在|不涉及|不怀疑|不是说|并不是|无人|没人|未|拒收?|拒绝了?|婉拒|谢绝|退回了?|退还|坚决不|绝不|反对|严禁|严查|查处|杜绝|不收)(?!.{0,6}(?:证据|录音|答应|给|送|同意|表示|请|安排|办法|[交找]))[\u4e00-\u9fff、"]{0,9}$/;

export const nobodyDidEn =
  /\b(?:no|not|n't|never|nobody|no one|none|neither|nor|without|don't|doesn't|didn't|hasn't|haven't|isn't|wasn't|refused|declined|turned down|rejected|nothing)\b(?:(?!\bif\b|\bunless\b|\bproof\b|\bevidence\b|\bpay\b|\bpaid\b|\bgive\b|\bgave\b|\boffer).){0,24}$/;
