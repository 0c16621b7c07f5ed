import type { Conduct } from '../../taxonomy.js';
import type { Family } from '../families.js';
import { nobodyDidEn, spanEn } from './durations.js';

const notSo = /\b(?:no|not|never|wasn't|isn't|aren't|weren't|without)\b.{0,12}$/;

/** What went wrong, in English. */
export const conductEn: readonly Family<Conduct>[] = [
  {
    means: 'delay',
    weight: 3,
    words:
      /\b(?:delay(?:s|ed|ing)?|pending|still (?:waiting|under review|in process|processing|nothing|no decision|not)|under review|overdue|(?:too|so|very|painfully|incredibly) slow|slow|dragg(?:ed|ing)|drags on|backlog|stall(?:ed|ing)|stuck|sitting (?:at|on|in)|gathering dust|next (?:week|month|quarter)|entering month|past the (?:deadline|limit)|exceed(?:s|ed)? the|held up|long overdue|keeps? being postponed|postponed|taking (?:forever|ages))\b/g,
    negation: notSo,
  },
  {
    means: 'delay',
    weight: 3,
    words: new RegExp(
      `\\b(?:waited|waiting|took|taken|takes|kept|been|for|it(?:'s| is| has been)) (?:for |now |already |another |more than |over |nearly |almost |about ){0,4}${spanEn}|${spanEn} (?:late|overdue|without|and still|later|already|now|has passed|have passed|gone by)|since (?:january|february|march|april|may|june|july|august|september|october|november|december|last|spring|summer|autumn|winter)|\\d{1,8} (?:working |business )?days although|the (?:law|limit|published limit|legal limit) (?:says|is)`,
      'g',
    ),
  },
  {
    means: 'delay',
    weight: 2,
    words:
      /\b(?:not yet|yet to|still (?:has|have|had)? ?n[o']t|still not|not been paid|no payment|has not (?:processed|issued)|has not been|have not (?:issued|processed|received)|promised (?:an answer|a decision|within))\b/g,
  },

  {
    means: 'inaction',
    weight: 3,
    words:
      /\b(?:no (?:reply|response|answer|reaction|feedback|action)|nobody (?:answers?|answered|comes?|came|replies|replied|responds?|picks? up|cares?|shows? up|showed up|is dealing|would help)|no one (?:answers?|answered|comes?|came|replies|replied|responds?|picks? up|cares?|showed up|shows up)|never (?:repl(?:y|ied)|answer(?:s|ed)?|respond(?:s|ed)?|came|got back|called back)|(?:does|did|do|will|would|has|have)(?: not|n't) (?:answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|react(?:ed)?|process|act(?:ed)?|accept(?:ed)?|issue|bother|help)|refus(?:e|es|ed|ing) to (?:accept|issue|process|register|sign|act|answer|look|handle|tell|take)|unanswered|ignor(?:e|es|ed|ing)|turned (?:us|me) away|rings out|won't (?:accept|process|answer|issue|act|do|sign)|never heard of|does nothing|did nothing|doing nothing|nothing (?:was|is|has been) done|closed without|looks? the other way|not honou?r(?:ed|ing)?|broke (?:its|their) promise|went back on)\b/g,
  },

  {
    means: 'abuse',
    weight: 3,
    words:
      /\b(?:without (?:any )?(?:notice|warning|paperwork|reason|explanation|(?:a )?(?:written )?(?:decision|warrant|order)|showing|legal basis|justification)|no (?:reason|legal basis|explanation|written decision|warning|notice|paperwork)|show us the (?:rule|law)|arbitrar(?:y|ily)|unfair(?:ly)?|abus(?:e|es|ed|ive of)|forc(?:e|es|ed|ing) us|made us|compulsory|mandatory fee|illegal(?:ly)?|unlawful(?:ly)?|excessive|disproportionate|discriminat\w+|tailor-?made|tailored|only one (?:local )?(?:firm|company|factory|supplier|bidder)|keep outsiders out|never gives? us the same|(?:two|three|four|five|six|\d{1,8}) times (?:in|within|a|this) (?:a |one |the )?(?:week|month|year|day)|(?:inspect\w*|come|comes|came|visit\w*|check\w*|here) (?:us )?every (?:week|other day|few days|day)|harass\w*|retaliat\w+|threaten\w*|selective|or forget about|without it they|unless we (?:pay|buy|join|become|subscribe|sign up|order|use|take|agree)|have to (?:pay|buy|join)|must (?:pay|buy|join|become)|charges? a|cut (?:off )?(?:the|our) (?:supply|power|water|gas|electricity)|impound\w*|seiz(?:ed|ing)|confiscat\w+|sealed our|move the goalposts|new requirements? each|contradict\w+|double standards?)\b/g,
    negation: notSo,
  },

  {
    means: 'buck',
    weight: 4,
    words:
      /\b(?:pass(?:es|ed|ing)? the buck|sen(?:d|ds|t|ding) (?:us|me) (?:from|back and forth|around|on to|to (?:the )?\w+(?: \w+)?[,;] )|from one (?:counter|office|desk|department|window|bureau) to (?:another|the (?:next|other))|back and forth|run-?around|(?:each|each one|both|everyone) (?:says|said|claims?|blames?|points?|insists?)[^.]{0,40}(?:other|responsible|else)|(?:not|isn't) (?:our|their|my|its) (?:job|responsibility|department|remit|problem)|ping-?pong|sends? us to|points? (?:at|to) (?:the )?(?:other|each other|one another)|blame each other|other's (?:job|responsibility)|says? it is \w+(?: \w+)?'s job)\b/g,
  },

  {
    means: 'coldness',
    weight: 4,
    words:
      /\b(?:rude(?:ly|ness)?|shout(?:ed|ing|s)?|yell(?:ed|ing|s)?|scream(?:ed|ing)|insult(?:ed|ing|s)?|sneer\w*|contempt\w*|dismissive\w*|arrogan\w+|hostile|impolite|impatient\w*|rolled (?:his|her|their) eyes|threw (?:the|our|my)|slammed|mock(?:ed|ing)|laughed at|stupid|unfriendly|condescending|swore at|snapped at|bad attitude|terrible attitude|attitude|humiliat\w+|playing (?:with|on) (?:his|her|their) phones?|(?:on|at) (?:his|her|their) phones?|barked|brushed (?:us|me) off)\b/g,
    negation: notSo,
  },

  // Everyday words for the same.
  {
    means: 'delay',
    weight: 3,
    words: new RegExp(
      `\\b(?:(?:has|have|had)(?:n't| not)(?: simply| even| yet| really)? (?:moved|progressed|been (?:decided|processed|issued|paid|refunded|returned|transferred))|not moved|no (?:progress|decision|movement)|in limbo|(?:weeks|months|years|ages) (?:go by|went by|pass|passed|of waiting|on end)|for (?:weeks|months|years|ages)|going on \\w{1,20} (?:weeks|months)|since (?:easter|christmas|new year|the (?:spring|summer|autumn|winter|start|beginning))|keep(?:s)? (?:telling us to|asking us to) wait|told to (?:wait|be patient)|be patient|\\d{1,3} days and counting)`,
      'g',
    ),
  },
  {
    means: 'inaction',
    weight: 3,
    words:
      /\b(?:(?:been |was |were |has |have |is )?lost (?:our|my|the) (?:file|application|documents?|papers?)|file (?:has been|was|is|got) lost|(?:does|do|did|will)(?:n't| not) (?:pick up|return|show|care|want|help|lift)|just plays? music|nobody (?:does|did|wants|knows|is)|no one (?:does|did|wants|knows|is)|is anyone|unmanned|unattended|shrug(?:s|ged)?|hung up|rejects? every|(?:is|was|been) (?:closed|down|broken)|looked (?:once )?and left|too early to|come back (?:tomorrow|later|next)|line is (?:dead|busy)|not (?:been )?(?:investigated|looked into|enforced))\b/g,
  },
  {
    means: 'abuse',
    weight: 3,
    words:
      /\b(?:no receipts?|unannounced|overcharg\w+|double[- ]charg\w+|(?:charged|billed|made|asked) (?:us|me) (?:twice|double|again|\d)|(?:says|said|is|schedule)[^.]{0,24} but (?:the|they|we)[^.]{0,20}charged|without (?:consult|asking|telling|informing)\w*|(?:a )?(?:different|new|another) (?:reason|list|requirement|excuse|rule|document|story)s? (?:each|every)|(?:each|every) time (?:a|another|with a) (?:new|different|another)|again and again|for no (?:good )?reason|in a row|keeps? (?:inspecting|coming back|asking for (?:more|new|another))|made up (?:rules?|fees?)|chang(?:e|ed|es|ing) the rules|retroactiv\w+|(?:twice|three times|five times|ten times) (?:as much|the (?:price|fee|rate|amount))|power trip|closed? (?:the|our|off the) (?:road|street|access|shop|market)|bull(?:y|ied|ying)|nobody can (?:say|tell|explain) (?:why|which)|not (?:in|on) the (?:law|list|regulations?))\b/g,
  },
  {
    means: 'buck',
    weight: 3.5,
    words:
      /\b(?:(?:told|asked|sent|referred) (?:us|me) (?:back )?to (?:go to|ask|see|contact|try|call)? ?(?:the )?\w+(?: \w+){0,4}(?:,| and| who| which| where|;)[^.]{0,60}(?:told|sent|referred|back|said|says)|in circles|circular|not (?:their|our) (?:department|business|problem|area)|(?:falls|belongs|comes) (?:under|to) (?:the )?(?:other|another)|(?:is|are) (?:the )?(?:other|another) (?:office|department|bureau)'s|nobody (?:is|feels|seems) (?:in charge|responsible)|no one (?:is|feels|seems) (?:in charge|responsible)|who is (?:in charge|responsible))\b/g,
  },
  {
    means: 'coldness',
    weight: 4,
    words:
      /\b(?:barely looked|didn't (?:even )?look up|did not (?:even )?look up|talked down|treat(?:s|ed)? (?:us|me|people|customers|like)[^.]{0,12}like|hung up on|sarcas\w+|sigh(?:ed|s)|cold and|disrespect\w*|ill-?mannered|nasty|bossy|waved (?:us|me) away|waved off|raised (?:his|her) voice|told (?:me|us) to (?:shut up|get lost|get out))\b/g,
    negation: notSo,
  },

  {
    means: 'buck',
    weight: 4,
    words:
      /\b(?:says?|said|tells? us|told us)\b[^.;]{0,16}\b(?:ask|asks|asking|with|to|is with|go to|at|see)\b (?:the )?(\w{2,14}(?: \w{2,14})?)[,;.:]? (?:and |but |while )?(?:the )?\1 (?:says?|said|tells?|told|sends?|sent|points?|refers?)/g,
  },
  {
    means: 'delay',
    weight: 3,
    words:
      /\bpromised for\b|\bit is now (?:january|february|march|april|may|june|july|august|september|october|november|december)|\bstill (?:open|unpaid|missing|blocked|closed|there|without)|\btry again (?:next|later)|\bnext year\b|\b(?:budget|funds?|money) (?:is|are|was|were|has been) (?:exhausted|used up|gone|short)/g,
  },
  {
    means: 'abuse',
    weight: 3,
    words:
      /\b(?:took over our|taken over our|occup(?:y|ied|ies) our|frozen? our|froze our|has frozen|have frozen|changed (?:his|her|their|its) minds?|will (?:not )?show us (?:a|any|the) document|each (?:change|visit) cost)\b/g,
  },
  {
    means: 'coldness',
    weight: 4,
    words:
      /\b(?:in (?:my|our|his|her) face|closed the shutter|laugh(?:ed|ing|s)|giggl\w{0,4}|stared at|ordered me to wait|get out)\b/g,
  },
  {
    means: 'inaction',
    weight: 3,
    words:
      /\b(?:(?:and )?then nothing|nothing at all|nothing (?:happened|happens|came of|since)|into a drawer|never (?:acted|followed up|investigated))\b/g,
  },

  { means: 'delay', weight: 1.5, words: new RegExp(`\\b${spanEn}\\b`, 'g') },
  {
    means: 'abuse',
    weight: 3,
    words:
      /\bchanged (?:again|once more|every time)|\bchanged? last \w{3,6}, then|\b(?:two|three|four|five|six|\d) versions|\bclosed our case|\bwe never (?:withdrew|agreed|signed|asked|consented)|\bwithout our (?:consent|knowledge|permission)/g,
  },
  {
    means: 'coldness',
    weight: 4,
    words:
      /\b(?:did not|didn't) (?:even )?look up|\bpeople like us|\bonly cause (?:work|trouble)|\bsmall fry|\bwasting (?:her|his|their) time/g,
  },
  {
    means: 'delay',
    weight: 3,
    words:
      /\bpromises? (?:a|an|to|it|us)[^.]{0,24}every (?:week|month|time)|\bvanished\b|\bhalf[- ]finished|\bsince (?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w{0,7}\b/g,
  },
];

/** Favours asked for and other leads of corruption, in English. */
export const integrityEn: readonly Family<Conduct>[] = [
  {
    means: 'extortion',
    weight: 4,
    words:
      /\b(?:extort\w*|kick-?backs?|under the table|tea money|grease (?:money|payments?)|sweeteners?|facilitation (?:fee|payment)s?|pay-?offs?|backhanders?|red (?:envelopes?|packets?)|envelopes? (?:of|with|full|under|for|to)|in cash|cash (?:for|to|in an)|to (?:his|her) (?:personal|private|own) (?:account|card|wallet)|(?:personal|private) (?:account|bank account)|(?:percent|%) (?:of [^.]{1,40} )?(?:back )?(?:to|for) (?:him|her|himself|herself)|come back to (?:him|her)|gift cards?|(?:asked|asks|asking|wants?|wanted|demand(?:s|ed|ing)?|expect(?:s|ed|ing)?|hint(?:s|ed|ing)?)[^.]{0,30}(?:gifts?|dinners?|banquets?|cartons?|whisk(?:e)?y|liquor|cigarettes|favou?rs?|commission|cash|something for (?:himself|herself|him|her)|little something|"?'?thank[- ]you|donation|sponsor\w*|money for (?:himself|herself))|"?'?thank[- ]you'?"? of|shakedown|speed money|unofficial (?:fee|payment)s?|off the books|take care of (?:him|her|them) )\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 4,
    words:
      /\b(?:(?:his|her|their|official's|chief's|director's|officer's|inspector's|manager's|boss's|leader's|head's) (?:own |close )?(?:cousin|brother|sister|wife|husband|son|daughter|friend|nephew|niece|uncle|aunt|brother-in-law|sister-in-law|family|relative|mate|buddy)(?:'s|s')?[^.]{0,20}(?:firm|company|shop|business|agency|workshop|contractors?|restaurant)|(?:firm|company|agency|contractor|shop|business)[^.]{0,24}(?:owned|run|belongs?|belonging)[^.]{0,10}(?:by|to) [^.]{0,30}(?:cousin|brother|wife|son|daughter|friend|nephew|uncle|relative|in-law)|only accepts? (?:reports?|certificates?|work) from|(?:agency|company|firm|lab|laboratory|supplier|contractor) (?:picked|designated|appointed|named|chosen|recommended) by|(?:must|have to|had to|told (?:us|me) to|forced (?:us|me) to|made (?:us|me)|only if we) (?:use|hire|buy from|go to|contract) [^.]{0,30}(?:designated|recommended|chosen|particular|certain|specific|his|her) |designated (?:agency|company|firm|supplier|lab|contractor))/g,
    negation: nobodyDidEn,
  },
  {
    means: 'extortion',
    weight: 2,
    words:
      /\b(?:hint(?:ed|s|ing)?|go away if|would go away|if i hired|make it easier if|make the problem disappear|look after (?:him|her|them)|cash|gifts?|something extra|for (?:himself|herself)|donat(?:e|ion)|sponsor|thank[- ]you')\b/g,
    negation: nobodyDidEn,
  },
  {
    means: 'integrity',
    weight: 4,
    words:
      /\b(?:(?<!anti-|anti )corrupt(?:ion|ed)?|brib(?:e|es|ed|ery|ing)|embezzl\w*|nepotism|collu(?:de|des|ded|ding|sion)|conflict of interest|money laundering|misappropriat\w*|rigged|rigging|insider deal|shell compan(?:y|ies)|owns? (?:a )?(?:shares?|stake|part|half)|holds? (?:a )?(?:shares?|stake)|silent partner|secret(?:ly)? (?:owns?|partner|shareholder)|leaked the (?:price|bids?|budget)|took money|paid off|cronies|cronyism|public funds for|phantom|fake invoices|ghost employees|related to the (?:director|head|chief|mayor|winner))\b/g,
    negation: nobodyDidEn,
  },
];
