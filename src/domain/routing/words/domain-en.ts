import type { Domain } from '../../taxonomy.js';
import type { Family } from '../families.js';

/** What an English report is about. */
export const domainEn: readonly Family<Domain>[] = [
  {
    means: 'approval',
    weight: 3,
    words:
      /\b(?:licen[cs](?:e|es|ed|ing)|permits?|permission|approvals?|registrations?|register(?:ed|ing)?|business registration|certificates? of (?:occupancy|incorporation)|zoning|planning (?:consent|office|desk)|environmental (?:approval|assessment|clearance)|fire (?:clearance|acceptance|safety certificate)|de-?registration|deregister|customs|visa|work permits?|abnormal (?:operations? )?list|housing fund|social insurance (?:account|registration)|vat refund|land registr(?:y|ation)|name change|filing)\b/g,
  },
  {
    means: 'approval',
    weight: 1,
    words:
      /\b(?:counters?|windows?|clerks?|applications?|applied|renewals?|renew|service hall|forms?|documents?|paperwork|processing|pending|under review|stamp(?:ed)?|building)\b/g,
  },

  {
    means: 'policy',
    weight: 3,
    words:
      /\b(?:subsid(?:y|ies|ised|ized)|grants?(?! us| me| access)|incentives?|tax (?:breaks?|relief|rebates?|refunds?|holiday|exemptions?)|rebates?|rent (?:relief|reductions?|subsid\w+)|relief (?:scheme|fund)|bonus(?:es)?|rewards?|funding|support fund|preferential|investment promotion|policy|policies|r&d|high-?tech|talent (?:scheme|programme|program)|vouchers?|stimulus)\b/g,
  },
  {
    means: 'policy',
    weight: 1,
    words:
      /\b(?:promised|promises?|scheme|qualif(?:y|ied)|eligible|finance bureau|treasury|disbursed?|allocated)\b/g,
  },

  {
    means: 'enforcement',
    weight: 3,
    words:
      /\b(?:fine|fined|fines|fining|penalt(?:y|ies)|penali[sz]ed|inspections?|inspectors?|inspected|inspect|impound(?:ed|ing)?|seiz(?:ed|ure|e|ing)|confiscat\w+|sealed (?:our|my|the)|traffic police|police|enforcement|raid(?:ed|s)?|audit team|tax audit|infringement|violation|hearing|shut (?:us|our|down)|ordered to (?:stop|close)|city management|urban management|detained)\b/g,
  },
  {
    means: 'enforcement',
    weight: 1,
    words: /\b(?:officers?|squad|patrol|rectif\w+|team leader|searched)\b/g,
  },

  {
    means: 'bidding',
    weight: 4,
    words:
      /\b(?:tender(?:s|ed|ing)?|bid(?:s|der|ders|ding)?|procurement|award(?:ed)? (?:notice|of the contract|decision)|rfp|evaluation (?:committee|panel)|purchasing (?:office|centre|center)|auction)\b/g,
  },

  {
    means: 'utilities',
    weight: 3,
    words:
      /\b(?:electricity|power(?! of| to)|grid|transformer|substation|outages?|blackouts?|water (?:company|supply|board|meter|bill|pressure)|running water|tap water|gas (?:company|supply|connection|leak|pipe|meter)|sewers?|sewage|drainage|pipes?|pipeline|heating|steam|land(?! (?:registry|register|office))|plot|site access|road access|relocation|broadband|internet line|meter reading|meters?|utility|utilities|connection fee|hydrant pressure)\b/g,
  },
  { means: 'utilities', weight: 1, words: /\b(?:supply|connections?|voltage|hotline|water|gas|road)\b/g },

  {
    means: 'finance',
    weight: 3,
    words:
      /\b(?:loans?|lend(?:er|ing)?|bank(?! account| records?| statements?| transfer)s?|credit|guarantee(?: fund| company)?s?|collateral|mortgage|interest rate|refinanc\w+|financing|overdraft|bridge loan|letter of credit)\b/g,
  },

  {
    means: 'arrears',
    weight: 4,
    words:
      /\b(?:ow(?:es?|ed|ing) (?:us|me|our|my|the)|arrears|unpaid (?:invoices?|bills?|work|goods|for)|outstanding (?:invoices?|payments?|balance|amount|bills?)|overdue (?:invoices?|payments?)|final account|has not paid (?:us|our|the)|have not paid (?:us|our)|haven't paid (?:us|our|for)|hasn't paid (?:us|our|for)|refus\w+ to (?:pay|settle)|never paid|not been paid for|no payment|pay (?:our|the) invoices?|retention money)\b/g,
  },
  {
    means: 'arrears',
    weight: 2,
    words: /\b(?:invoices?|payment|paid for|settle(?:ment)?|debts?|delivered in \d{4})\b/g,
  },

  {
    means: 'intermediaries',
    weight: 4,
    words:
      /\b(?:chambers? of commerce|chamber|(?:trade|industry|business|guild) associations?|association|membership fees?|intermediar(?:y|ies)|third[- ]part(?:y|ies)|agenc(?:y|ies)|appraisal|apprais(?:er|ers)|test(?:ing)? (?:labs?|institutes?|reports?|compan(?:y|ies)|cent(?:er|re)s?)|laborator(?:y|ies)|surveyors?|notary|consult(?:ing|ancy|ants?)|training fee|certificate of origin)\b/g,
  },

  {
    means: 'other',
    weight: 3,
    words:
      /\b(?:bus (?:line|route|service)|parking|street lights?|noise|litter|garbage|potholes?|theft|crime|school places?|landslide)\b/g,
  },
  { means: 'other', weight: 2, words: /\b(?:owns? shares|shareholder|relatives?)\b/g },

  // Everyday words for the same.
  {
    means: 'approval',
    weight: 2,
    words:
      /\b(?:registry|the file|our file|my file|application|stamp(?:ed)?|service hall|outdoor seating|quota|seal|paperwork|authori[sz]ation|clearance|consent|accredit\w+|export permit|queue number|declaration|tax office|tax number|trademark|patent)\b/g,
  },
  {
    means: 'enforcement',
    weight: 2,
    words:
      /\b(?:audited|audit|checks?|checked|tax people|patrols?|tickets?|ticketed|clamped|towed|warning notice|closure order|summons|wardens?|searched|investigat\w+|stop order|raid)\b/g,
  },
  {
    means: 'bidding',
    weight: 3,
    words:
      /\b(?:contracts? (?:for|was|went|goes|is|were|has)|winning (?:firm|company)|shortlist\w*|quotation|evaluation)\b/g,
  },
  {
    means: 'utilities',
    weight: 2,
    words:
      /\b(?:water bill|manhole|cables?|wiring|voltage|boiler|gas meter|mains|sluice|charging (?:point|station)s?|solar|fib(?:re|er))\b/g,
  },
  {
    means: 'finance',
    weight: 2,
    words:
      /\b(?:borrow\w*|repay\w*|instal?lments?|account (?:was|is|has been) frozen|frozen account|branch manager|investors?)\b/g,
  },
  {
    means: 'policy',
    weight: 2,
    words:
      /\b(?:support (?:measures?|scheme|payment)|relief|job[- ]retention|refund(?:ed)? (?:of )?(?:tax|contributions)|compensation promised|promised (?:us|me)|commitments?)\b/g,
  },
  {
    means: 'other',
    weight: 3,
    words:
      /\b(?:road ?works?|closes? the (?:road|street)|dust|smell|stray dogs|neighbou?rs?|vibration|mahjong|hooligans?)\b/g,
  },

  {
    means: 'approval',
    weight: 2,
    words:
      /\b(?:my number came up|number (?:was|came) (?:called|up)|waited (?:two|three|\w{1,6}) hours|container|examiner|shutter|passport)\b/g,
  },
  {
    means: 'arrears',
    weight: 3,
    words:
      /\b(?:delivered|supplied|built|completed|finished)\b[^.]{0,40}\.[^.]{0,60}\b(?:budget|pay|paid|money|owe)/g,
  },
  {
    means: 'enforcement',
    weight: 3,
    words: /\b(?:copycat|counterfeit\w*|parking fine|trademark complaint|exit sign)\b/g,
  },

  { means: 'approval', weight: 1.5, words: /\b(?:desk|form changed|versions|officer in charge|queue)\b/g },
  { means: 'enforcement', weight: 2, words: /\b(?:hygiene officers?|health officers?|wardens?)\b/g },
  { means: 'other', weight: 4, words: /\broad agency|\bdug up\b/g },
];
