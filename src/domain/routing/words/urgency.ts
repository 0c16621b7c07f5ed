import type { UrgentReason } from '../../taxonomy.js';
import type { Family } from '../families.js';

const notSafety =
  /(?:没有?|不|未|防止|避免|预防|消除|排除|防|查出|关于|涉及|如果|以防)[\u4e00-\u9fff]{0,4}$|(?:去年|前年|上个?月|以前|曾经?|当年|\d{4}年)[^,，。]{0,16}$|\b(?:last (?:year|month|spring|summer|autumn|winter)|in \d{4}|after (?:the|a|last))\b.{0,30}$|\b(?:no|not|without|prevent|avoid|against|risk of)\b.{0,16}$/;

/**
 * What cannot wait (rules §1): people in distress, goods that perish, danger, a moment that passes today. Words
 * that only ask for haste ("please hurry") are not here: everybody uses them.
 */
export const urgency: readonly Family<UrgentReason>[] = [
  {
    means: 'safety',
    weight: 3,
    words:
      /漏气|泄漏|泄露(?=.{0,4}(?:气|毒|化))|漏电|爆炸(?!物品)|起火|着火|失火|冒烟|坍塌|塌(?:了|方|陷)|倒塌|滑坡|滑下来|泥石|裂(?:缝|开).{0,8}(?:扩大|越来越|随时|危)|(?:煤气|燃气|气|刺鼻)(?:的)?味|很重的气味|触电|中毒|随时(?:可能)?(?:会|要)?(?:出事|倒|塌|爆|发生|有危险)|人命|生命危险|(?:有|存在)(?:重大|严重)(?:安全)?(?:危险|隐患)|高压线.{0,6}(?:掉|断|垂)|被困|淹(?:了|到|进|没)/g,
    negation: notSafety,
  },
  {
    means: 'people',
    weight: 3,
    words:
      /(?:有人|工人|员工|司机|职工|人)(?:.{0,4})(?:受伤|重伤|晕倒|昏|死亡|病危|住院|中暑)|受伤(?!害)|急救|救命|透析|抢救|(?:要|等着?|做|今天)手术|(?:呼吸机|氧气).{0,8}(?:停|断)|病人.{0,10}(?:等|断|没)|(?:工人|员工|职工|老人|孩子|学生|住户|人).{0,8}(?:没(?:有)?饭吃|没水喝|断(?:水|粮|暖)|冻着|露宿|没地方住|跳楼|堵(?:了)?门|闹事|围堵)|(?:\d{1,8}|[一二两三四五六七八九十几百多]{1,6})(?:来|几|多)?(?:个|名|号)?(?:工人|员工|人|职工)[^。]{0,8}(?:等着(?:开工|复工|干活|拿|上班)|干等|没法上班|站着|停着|窝工|困)|要跳楼|轻生|讨薪.{0,6}(?:堵|闹|围)/g,
    negation: /(?:没有?|无|未|避免|防止)$/,
  },
  {
    means: 'people',
    weight: 3,
    words:
      /\b(?:injured|injur(?:y|ies)|hurt|bleeding|dialysis|ambulance|patients? (?:are|is|cannot|depend|need)|life support|(?:workers|people|employees|staff|residents|men|women)(?: are| is|\b)[^.]{0,16}(?:standing (?:still|idle|outside)|stranded|idle|trapped|without (?:water|food|heating|power)|locked out|cannot work|can't work|sent home)|trapped|unconscious|fainted|suicide|hospitali[sz]ed)\b/g,
    negation: /\b(?:no one|nobody|not|no|never)\b.{0,14}$/,
  },
  {
    means: 'safety',
    weight: 3,
    words:
      /\b(?:gas leak|leaking (?:gas|chemicals?|fuel)|smell of gas|smells? (?:of|like) gas|explosions?|explode|on fire|caught fire|flames|smoke is|collaps(?:e|ed|ing)|landslide|about to (?:fall|collapse|break)|electrocut\w+|live (?:wire|cable)s?|danger to life|poison(?:ed|ing)|flood(?:ed|ing)|hazard(?:ous)? (?:leak|spill)|sparks?|somebody will (?:die|be killed|get hurt)|someone will (?:die|be killed|get hurt))\b/g,
    negation: notSafety,
  },
  // What has begun to perish.
  {
    means: 'perishable',
    weight: 3,
    words:
      /(?:水果|蔬菜|草莓|荔枝|杨梅|葡萄|西瓜|桃|牛奶|奶|肉|鱼|虾|蟹|货|菜|豆|豆腐|面团|原料|料|血|药|苗|猪|鸡|鸭|羊|牛|蛋|花|菌菇|菇|浆|车上)[^。]{0,14}(?:烂|坏(?!账)|变质|腐(?!败)|臭|发酵|发霉|倒掉|报废|死(?!角|板)|撑不|化了|馊|蔫|翻肚|等不起|放不住)|撑不过|变质|腐烂|要烂|烂(?:了|掉|在)|臭了|全部(?:要)?倒掉|热死|闷死|缺氧|(?:鱼|虾|猪|鸡|鸭)[^。]{0,8}(?:死了|快死|翻肚)|化冻|闷在/g,
    negation: /(?:去年|前年|没有?|避免|防止|以前)[^,，。]{0,16}$/,
  },
  {
    means: 'perishable',
    weight: 3,
    words:
      /\b(?:rot(?:s|ting|ted|ten)?|spoil(?:s|ed|ing|t)?|go(?:ing|es|ne)? (?:bad|off|sour)|melt(?:ing|s|ed)?|thaw(?:ing|ed|s)?|dying|wilt\w*|perish(?:ing|es|ed)?|suffocat\w+|(?:fish|pigs?|chickens?|cattle|animals|chicks|shrimps?)[^.]{0,16}(?:die|dying|died|dead))\b/g,
    negation: /\b(?:last (?:year|month)|in \d{4}|not|never)\b.{0,20}$/,
  },
  // Goods that perish, and what makes them: each harmless without the other.
  {
    means: 'perishable',
    weight: 1.5,
    words:
      /冷库|冷藏|冷链|冷冻|保鲜|生鲜|海鲜|水产|鲜(?:奶|肉|果|花|鱼|货|活)|活(?:鱼|禽|鸡|猪|体|虾)|疫苗|鱼塘|养殖|蔬菜|水果|鸡苗|鸭苗|豆制品|面包|蛋糕|鸡苗|血浆|\b(?:perishables?|cold (?:store|storage|room|chain)|refrigerat(?:ed|or|ion|ors)|freezers?|vaccines?|live (?:fish|animals|chicken|cattle|seafood)|fresh (?:fish|milk|meat|fruit|flowers|seafood|produce)|dairy|bakery|fish farm|hatchery|strawberries|vegetables)\b/g,
  },
  {
    means: 'perishable',
    weight: 1.5,
    words:
      /(?:一直|昨晚|昨天|今天|今早|突然|现在|还)?(?:停|断|没|缺)(?:了)?(?:水|电|气)|扣(?:在|下|了|着)|不放行|不让(?:走|卸|进)|堵在|滞留|还能撑|最多(?:撑|放|坚持)|来不及|高温|\b(?:power (?:is|has been|went|cut)|no power|without (?:power|water|electricity)|outage|impounded|seized|stuck at|held at|blocked at|won't last|by tomorrow)\b/g,
    negation: /(?:经常|有时|以后|计划|提前|如果|去年|通知|上个?月)[^,，。]{0,10}$/,
  },
  {
    means: 'deadline',
    weight: 3,
    words:
      /(?:今天|今日|今晚|今夜|当天|当晚|一?小时内|半小时|零点|午夜|马上|下午\d{1,8}点|下午[一二三四五六]点|中午).{0,14}(?:截止|到期|过期|关闭|失效|必须(?:交|装船|出货|提交|缴|报)|开标|封关|开船|截关|就(?:作废|没|晚|要(?:截|过|被))|最后(?:一天|期限)|要(?:提交|装船|交货|开庭|起飞|出港))|(?:截止|到期|过期|开标|最后(?:一天|期限|时限)|失效|装船|截关).{0,8}(?:今天|今日|今晚|就在今|是今|下午|零点|小时)|今天(?:是|就是)?最后|明(?:天|早)(?:一早|上午|早上|凌晨).{0,8}(?:截止|开标|开庭|开船)|撑不到(?:明|今)|熬不过今/g,
    negation: /(?:去年|上周|上月|上个月|昨天|以前|当时).{0,12}$/,
  },
  {
    means: 'deadline',
    weight: 3,
    words:
      /\b(?:(?:expires?|closes?|ends?|due|deadline|cut-?off|last day|runs out|must be (?:filed|submitted|paid|loaded))[^.]{0,30}(?:today|tonight|midnight|this (?:afternoon|evening)|in (?:an|one|two|three|a few|\d) hours?|within (?:the )?hours?|noon)|(?:today|tonight|this (?:afternoon|evening))[^.]{0,30}(?:deadline|expires?|closes?|last day|cut-?off|is due|runs out)|by (?:tonight|midnight|noon today|the end of today)|hours? left)\b/g,
  },
  // Danger told by what is happening rather than by its name.
  {
    means: 'safety',
    weight: 3,
    words:
      /(?:差点|险些).{0,6}(?:砸|伤|撞|死|掉|出事)|砸(?:到|中|伤).{0,4}(?:人|我|店|员|车)|掉(?:砖|石|玻璃|落)|(?:电线|电缆).{0,8}(?:裸露|垂|掉|断在|冒火)|火花|冒火|危房|要倒|快倒|倾斜|气味.{0,6}(?:浓|重|刺鼻)|呛(?:得|人)|头晕.{0,6}(?:呕吐|恶心)|消防通道.{0,8}(?:堵|锁)|\b(?:smells? (?:strongly |really |badly )?(?:of|like) (?:gas|burning|chemicals)|nearly (?:hit|killed|fell)|almost (?:hit|killed)|exposed (?:wires?|cables?)|bricks? (?:fall|fell|falling|are falling)|cracks? (?:is|are) (?:growing|widening)|fumes)\b/g,
    negation: notSafety,
  },
  {
    means: 'deadline',
    weight: 3,
    words:
      /(?:今[天晚日夜]|下午|晚上|凌晨|中午).{0,3}(?:\d{1,2}|[一二三四五六七八九十]{1,2})?点?.{0,4}(?:开(?!始|门|会|了)|装|截|出港|起飞|启航|关闸|关标|交标|交货(?:款)?|开庭)|(?:还剩|只剩|不到|最后).{0,4}(?:小时|钟头|分钟)|\b(?:(?:by|before|at|until) \d{1,2}(?::\d{2})? ?(?:am|pm|o'clock)? (?:today|tonight)|(?:uploaded|submitted|filed|handed in|paid|signed|loaded|cleared)[^.]{0,14}(?:today|tonight|within (?:the|an|two|three) hours?)|sails? (?:today|tonight|at)|flight leaves (?:today|tonight|in)|leaves port (?:today|tonight))\b/g,
    negation:
      /(?:去年|上周|上个?月|昨天|以前|当时|每天|天天|平时)[^,，。]{0,12}$|\b(?:last|every|yesterday)\b.{0,16}$/,
  },

  {
    means: 'people',
    weight: 3,
    words:
      /(?:停暖|没暖气|停水|没水喝|没电|断电).{0,20}(?:零下|工人|老人|孩子|病人|残疾|宿舍)|(?:宿舍|工人|老人|孩子|病人|残疾).{0,16}(?:停暖|没暖气|没水喝|断暖)|零下.{0,4}度/g,
    negation: /(?:去年|前年)[^,，。]{0,10}$/,
  },
  {
    means: 'safety',
    weight: 3,
    words: /倒灌|失灵|不敢(?:进|靠近|上|用)|压力表|管道.{0,4}爆|爆管|喷出|渗漏.{0,8}(?:电|气|油)/g,
    negation: notSafety,
  },
];

/** Haste that concerns the past, a habit or a mere name is none: licences, courses and insurances for safety. */
export const notUrgent =
  /安全(?:员|生产许可|考试|培训|评价|条例|法)|食品安全|冷链(?:物流)?(?:补贴|项目|资质|公司的?|政策|协会)|做冷链(?:物流|运输)?的|(?:冷库|冷链|保鲜|疫苗|水产|生鲜)[^。,，]{0,8}(?:补贴|补助|项目(?:补|申)|资质|许可|备案|审批|用地|建设|改造|扩建)|消防安全责任|\bcold (?:storage|chain) (?:licen[cs]e|permit|subsidy|project)\b|\bfire safety\b|\bfreezer factory\b/g;
