import type { Conduct } from '../../taxonomy.js';
import type { Family } from '../families.js';
import { kinZh, nobodyDidEn, nobodyDidZh, officialEn, officialZh, kinEn } from './durations.js';

/**
 * Who is asked for a bribe seldom writes the word. Each of these cues is harmless alone; two of different families
 * together (a private channel, a gift, a price for speed, a relative's business …) seal the report.
 */
export const integrityCues: readonly Family<Conduct>[] = [
  // A private channel.
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /私下|私底下|背地里|悄悄|偷偷|暗地里|暗示|明示|话里有话|话里话外|[递捎带]话|中间人|牵线|加(?:了)?我?(?:的)?微信|收款码|(?:转|打)(?:账|钱)?(?:给|到)(?:他|她)|(?:他|她)(?:的)?(?:卡|微信|支付宝|账户)|不走账|单独(?:见|找|谈|约|聊)|信封|后备箱|不能声张|出去谈|外面(?:谈|聊|坐)/g,
    negation: nobodyDidZh,
  },
  // Gifts and pleasures in the hands of somebody.
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /[送拎提带塞拿要收买孝].{0,8}(?:茶叶|茅台|五粮液|名酒|好酒|白酒|红酒|条烟|香烟|中华|软中|月饼|大闸蟹|礼盒|礼金|土特产|手表|金条|黄金|购物券|提货券|超市卡|油卡|苹果手机|一箱|两箱|几箱)|(?:去|到|上)(?:他|她|领导)家|坐坐|喝(?:个)?茶(?=.{0,6}(?:才|就|再))|洗脚|会所|饭局|做东|买单|喜酒.{0,6}(?:随|份子)|份子钱|随礼/g,
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /逢年过节|过年过节|(?:中秋|春节|端午|过年|国庆|节)(?:前|后|到了?|的时候)?(?=.{0,14}(?:送|家|礼|看望|走动|表示|意思))|走动走动|多走动|看望(?:一下)?领导/g,
    negation: nobodyDidZh,
  },
  // A price for speed or peace.
  {
    means: 'extortion',
    weight: 1.5,
    words: new RegExp(
      `(?:第二天|当天|马上|立刻|隔天|下午).{0,8}(?:就|准|证|便).{0,4}(?:批|下来|过|办|放|签|盖|来查|开单|通过)|(?:不|没|忘了?).{0,14}(?:就|准|马上|保准).{0,6}(?:来查|来人|被查|卡你|卡我|开单|找麻烦|穿小鞋|过不了|不批|别想|没戏)|[要想](?:批|办|过|拿|干|做|中|快).{0,3}(?:得)?(?:快|顺|成|标|活|了)?.{0,3}(?:就得|就要|得|必须|先)(?:给|去|找|走|出)|秒(?:过|批)|就(?:好办|好说|没事|能过|能搞定|搞定|摆平|放行|给过|过关|少罚|不罚|不查|放一马)|摆平|通融|行个方便|睁一只眼|高抬贵手|少算|多算(?:点|一点)|少走|不到位|会来事|上道|自己(?:看着办|想想|体会|领会)|你懂的|懂的都懂`,
      'g',
    ),
    negation: nobodyDidZh,
  },
  // A share of the money.
  {
    means: 'extortion',
    weight: 2,
    words:
      /一人一半|对半(?:分|开)|平分|五五|三七|四六开|抽(?:成|水|头|\d{1,8}%)|分(?:他|她)(?:一|点)|(?:得|要|先|还|再)?给(?:他|她|他们|中间人|领导|人家|里面).{0,4}(?:[一二两三四五六七八九十\d]{1,6}(?:个点|%|成|万|千|百)|好几万|几[万千])|返点|点子|点位|茶钱|喝茶钱|油钱|酒钱|车马费|打车费|劳务费(?=.{0,4}给他)|顾问费|咨询费(?=.{0,8}(?:其实|实际|给他|就是))/g,
    negation: nobodyDidZh,
  },
  // Kin and old friends of an official, and what they own.
  {
    means: 'extortion',
    weight: 2,
    words: new RegExp(
      `(?:他|她|其|${officialZh}|长|那位).{0,2}(?:的)?${kinZh}(?!.{0,3}(?:说|来|也|和我))|${kinZh}(?:的)?(?:名字|名义|名下|账户|卡上?|控股|承包|法人)|名下.{0,6}(?:公司|店|房)`,
      'g',
    ),
    negation: /(?:我|我们|我的|咱|自己|本人|老板)的?$/,
  },
  {
    means: 'integrity',
    weight: 1.5,
    words:
      /名字(?:开|注册|办)了?|(?:每年|每次|年年|次次|连续|第[三四五六七八九十\d]{1,6}次).{0,10}(?:同一家|他家|那家|都是他|还是他)|(?:全|都|一律|只)(?:从|由|在|给|包给)他?.{0,14}(?:店|公司|厂|队)(?:里)?(?:进|买|做|包|供|承)?|比(?:网上|市场|别人|市价).{0,4}(?:贵|高).{0,4}[倍番]|关系硬|有背景|上面有人|后台/g,
  },
  // Secrets that only an insider has, and deciding in one's own cause.
  {
    means: 'integrity',
    weight: 4,
    words:
      /自己批自己|自批自|左手.{0,4}右手|里应外合|内外勾结|内鬼|内线|故意输|(?:提前|事先|早就?|已经|居然|竟然|就)(?:知道|拿到|晓得|看到|得知).{0,10}(?:报价|标底|底价|评委|评标|名单|考题|底牌)|(?:报价|标底|底价|评委名单).{0,12}(?:泄|漏|外传|流出)|里面的人|陪标|走过场.{0,8}(?:早就|内定|定好)|(?:早就?|事先|已经)(?:内定|定好|安排好).{0,8}(?:谁|哪家|他家|中)/g,
    negation: nobodyDidZh,
  },
  {
    means: 'integrity',
    weight: 4,
    words: new RegExp(
      `(?:打|玩|搓|陪).{0,6}(?:麻将|牌|高尔夫|德州).{0,12}${officialZh}|${officialZh}.{0,12}(?:打麻将|打牌|打高尔夫)|陪${officialZh}.{0,8}(?:旅游|喝|玩|吃)`,
      'g',
    ),
  },

  // The same in English.
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /\b(?:off the record|privately|in private|quietly|discreetly|whispered|in the car ?park|parking lot|after hours|behind closed doors|drawer|envelopes?|cash|middle ?man|go-between|fixer|personal (?:phone|number|wechat|account|card)|over (?:drinks|dinner|tea)|wink(?:ed)?|between (?:us|you and me)|nod)\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /\b(?:gifts?|hampers?|moon ?cakes?|whisk(?:e)?y|liquor|baijiu|maotai|moutai|wine|cigarettes|cigars|gold|watch(?:es)?|vouchers?|banquet|expensive (?:dinner|meal|lunch)|dinners?|lunch(?:es)?|karaoke|holidays? (?:for|in)|plane tickets?|school fees|tuition|new (?:phone|car) for|token|contribution|'?consulting fee'?|extra (?:fee|payment|money))\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /\b(?:speed (?:things|it|this|the \w+) up|faster if|quicker if|if (?:i|we) (?:wanted?|wish(?:ed)?|paid|were willing|agreed|cooperated|hired|bought|used)|those who (?:forget|don't|do not|refuse|won't)|make (?:it|things|the \w+|life|this) (?:go )?(?:smooth\w*|easy|easier|faster|quick\w*|go away)|would (?:pass|be approved|be easier|sail through|be sorted|disappear|look the other way|overlook)|look the other way|turn a blind eye|get (?:it|things) (?:done|moving)|or else|move(?:d)? (?:it |us )?to the top|jump the queue|suddenly (?:approved|passed)|next day (?:it|the)|you know how (?:it|things)|how things work)\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /\b(?:\d{1,8} ?%|(?:five|ten|fifteen|twenty|thirty) per ?cent|percent)[^.]{0,20}(?:cut|share|for him|for her|of the (?:contract|grant|loan|deal|money))|\b(?:a cut|his cut|her cut|his share|her share|split (?:it|the)|fifty-fifty|half each|his end)\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 2.5,
    words: new RegExp(
      `\\b${officialEn}(?:'s|s') (?:own |late |close |old )?${kinEn}\\b|\\b${kinEn} of (?:the |a |our )?(?:\\w+ ){0,2}${officialEn}\\b`,
      'g',
    ),
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words: new RegExp(
      `\\b(?:his|her|their) (?:own )?${kinEn}\\b|\\b(?:owned|run|registered|belongs?|managed|controlled)(?: by| to| at| in the name)\\b|\\b(?:a )?(?:certain|particular) (?:shop|showroom|firm|company|store|agency|supplier)\\b|\\balways (?:goes|wins|gets)\\b|\\bfor the \\w+ time, to\\b|\\bsame (?:firm|company|supplier|contractor)\\b`,
      'g',
    ),
    negation: nobodyDidEn,
  },
  {
    means: 'integrity',
    weight: 4,
    words:
      /\b(?:(?:plays?|played|playing) (?:mahjong|cards|golf|poker) with|los(?:es|ing|e|t) on purpose|knew (?:our|the) (?:price|bid|offer|figures?|budget)|(?:was|were|been) (?:tipped off|leaked)|insider|inside information|straw (?:man|owner|company)|pocket(?:ed|ing|s)|lines? his (?:own )?pockets?|abus\w+ (?:his|her|their) (?:office|position)|self-?dealing|approv\w+ (?:his|her) own|slush fund)\b/g,
    negation: nobodyDidEn,
  },

  // Money taken by a person, threats that go with it, bills paid for others, money led aside.
  {
    means: 'extortion',
    weight: 2,
    words: new RegExp(
      `(?:${officialZh}|他|她|那位|这人|有人|一伙人|里面的人)[^，。,]{0,16}(?:拿|收|要|开口|张口|伸手|讨)(?:走|去|了|着)?[^，。,]{0,4}(?:\\d{1,8}|[一二两三四五六七八九十几]{1,3})(?:百|千|万|块|元)(?!.{0,3}(?:罚款|税|押金|保证金|工本))|(?:一|每)家收(?:\\d{1,8}|[一二两三四五六七八九十几]{1,3})(?:百|千|万|块|元)`,
      'g',
    ),
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words: new RegExp(
      `(?:不[给交请送拿]|少一回|少一次|不配合|不表示).{0,6}(?:就|便).{0,10}(?:查|拖|扣|卡|停|罚|挑|找事|整|砸|赶)|就不(?:挑|查|罚|卡|为难|找)|(?:${officialZh}|他|她)(?:们)?(?:的)?意思(?:是|就是)|条子|秩序费|管理费(?=.{0,10}(?:没有?章|没收据|不开))`,
      'g',
    ),
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 4,
    words:
      /(?:替|帮|给)(?:他|她|他们|领导)(?:家|的人)?.{0,3}(?:结|付|垫|交|报|买单|还).{0,2}(?:了|过)?.{0,4}(?:饭|账|钱|单|油|房租|学费|房贷|旅游|话费|机票)|发票开(?:在|给|到)我(?:们)?(?:公司|厂|单位)|(?:这|那|他们|他|某某?)家(?:的|出的|做的)?.{0,3}(?:才)?能(?:过|批|通过|通得过|做|用)|包给(?:了)?(?:他|她|其|领导)/g,
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 3,
    words:
      /(?<!我|我的|我们|老板)(?:小姨子|小舅子|大舅子|连襟|丈母娘|外甥|侄子|表弟|堂弟|姐夫|妹夫|情妇|情人)(?=.{0,10}(?:账|公司|店|厂|名|做|包|的|那|开|来|在))/g,
    negation: /(?:我|我们|我的|咱|老板|自己)的?$/,
  },
  {
    means: 'integrity',
    weight: 4,
    words: new RegExp(
      `(?:款|资金|经费|钱)[^，。,]{0,8}(?:转到|转进|打到|进了|揣|落|流入|划到)[^，。,]{0,8}(?:自己|外甥|个人|私人|老婆|儿子|亲戚|家人|腰包|口袋|私户)|(?:拿|领|吃)干薪|挂名领|只领钱|穿一条裤子|一条船上|一家人(?:又|既)|(?:不|没有?|未)(?:走)?招标.{0,14}(?:一句话|直接|给了|给他|指派|就定)|${officialZh}一句话.{0,10}(?:给|定|包)|又是裁判又是|既是裁判|运动员又当裁判`,
      'g',
    ),
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /\b(?:otherwise|or else|if not|unless)\b[^.]{0,50}(?:issues?|problems?|trouble|delay(?:ed)?|fail|inspect\w*|lose)|\b(?:we|i) (?:refused|declined|said no|did not pay|didn't pay)\b[^.]{0,40}(?:and|then|since|now|so|container|audit|inspect)|\b(?:become|be|go|get|gets|goes) (?:fast|faster|quick|quicker|easier)\b|\bfor (?:a |just )?(?:few |two |three |five |one )?(?:hundred|thousand)\b|\b(?:expects?|wants?|asks? for|asking for|likes?) (?:something|a little|a bit|money|more for)\b|\bsomething in (?:the|my|our|your) (?:passport|file|folder|envelope|papers)/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 2.5,
    words:
      /\b(?:asks?|asking|asked|told|tells?|wants?|pressed|pressing|pushes|pushed) (?:us|me|my boss|our boss|the owner|everyone|owners|shops)\b[^.]{0,20} (?:rent|hire|buy|lease|employ|use|order|sponsor|donate|pay)\b[^.]{0,24}\b(?:his|her|their|him|himself)\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'integrity',
    weight: 4,
    words:
      /\b(?:sits?|sat|serves?) on the [^.]{0,24}(?:panel|committee|board)[^.]{0,16} and [^.]{0,16}(?:runs?|owns?|heads?|leads?)\b|\b(?:paid|pays?|transferr?ed|diverted|moved)\b[^.]{0,30}(?:into|to) (?:his|her|their|a) (?:own|private|personal|wife's|nephew's|relative's)|\bno tender (?:was|is) (?:ever )?held\b[^.]{0,40}\b(?:friend|relative|cousin|crony|same)|\bcosy with\b|\bhand in glove\b|\bin (?:the )?pockets? of\b|\bon the payroll of\b/g,
    negation: nobodyDidEn,
  },

  // Sent to a relative's business; officials who eat and take without paying; envelopes for those who judge.
  {
    means: 'extortion',
    weight: 4,
    words: new RegExp(
      `(?:让|叫|要|逼|劝|介绍|建议)(?:我们?|企业|大家)?[^，。,]{0,8}(?:他|她|${officialZh})(?:的)?${kinZh}.{0,2}(?:的|那|开|家|手)|白吃|白拿|白喝|[吃拿用](?:了|完)?(?:东西)?(?:从来|从)?(?:都)?不(?:给钱|付钱|付账|买单|结账)|(?:每位|每个|给|各位)?(?:专家|评委|评审)[^，。,]{0,10}(?:信封|红包|打点|意思|辛苦)`,
      'g',
    ),
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 2,
    words: /明码标价|包过|跑证|黄牛|请帖|请柬|随礼|份子|数钱|懂的(?:人|都|自然)|懂行情|行情价|规矩是|老规矩/g,
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 1.5,
    words:
      /手势|(?:一张|一份|一次|一单|一证|每单|每张|每证).{0,3}[一二两三四五六七八九十\d]{1,5}(?:百|千|万|块|元)|(?:办|给|去|送|请)了?就(?:不再|不会|没人|马上|立马)|(?:礼|钱|意思).{0,3}少的|前一晚.{0,6}(?:电话|找|来)/g,
    negation: nobodyDidZh,
  },
  {
    means: 'extortion',
    weight: 4,
    words: new RegExp(
      `\\b(?:donat\\w{1,4}|gift|contribution|sponsor\\w{0,4}|payment|tip) (?:to|for) (?:his|her|the ${officialEn}'s|their)\\b|\\b(?:${officialEn}|police|they)\\b[^.]{0,24}\\b(?:eat|eats|ate|dine|dines|drink|drinks|shop|take|takes|took|help themselves)\\b[^.]{0,50}(?:never pa(?:y|id|ys)|without paying|for free|free of charge|on the house|do(?:es)?n't pay)`,
      'g',
    ),
    negation: nobodyDidEn,
  },
  {
    means: 'integrity',
    weight: 4,
    words: new RegExp(
      `\\b(?:married|related|brother|sister|son|daughter|father|mother|cousin) (?:to|of) (?:the |our |a )?(?:\\w{1,14} ){0,3}${officialEn}\\b|\\b(?:winn(?:er|ing)|bidder|contractor|supplier)[^.]{0,30} (?:is|are) (?:the )?${officialEn}(?:'s|s') `,
      'g',
    ),
    negation: nobodyDidEn,
  },
];
