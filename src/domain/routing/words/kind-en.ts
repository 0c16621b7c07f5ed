import type { Family } from '../families.js';
import type { Speech } from './speech.js';

const notEn = /\b(?:no|not|n't|never|cannot|can't|hardly|anything but|far from|isn't|wasn't|don't)\b.{0,20}$/;

/** What an English sentence does. */
export const speechEn: readonly Family<Speech>[] = [
  {
    means: 'grievance',
    weight: 3,
    words:
      /\b(?:complain(?:t|ts|ing)?|report(?:ing)? (?:a|an|the) (?:official|officer|inspector|case|abuse)|please (?:help|intervene|investigate|step in)|desperate|outrageous|unacceptable|ridiculous|absurd|fed up|furious|appalling|disgrace\w*|scandal\w*|we are losing|losing money|lost (?:the|our|a) (?:order|contract|customer|client)s?|nightmare|keep (?:my|our) name|confidential(?:ity|ly)?|nowhere|for nothing|in vain)\b/g,
    negation:
      /\b(?:no|not|nothing|n't|without|how (?:do|can) (?:i|we)|where (?:do|can) (?:i|we)|if .{0,20})\b.{0,10}$/,
  },
  {
    means: 'grievance',
    weight: 2,
    words:
      /\b(?:cannot (?:deliver|open|operate|work|start|ship)|can't (?:deliver|open|operate|work|start|ship)|losses|lost|damage[ds]?|problem with|standing (?:still|idle)|idle|rotting|spoil\w*|blocked|broken|meanwhile|no longer|still)\b/g,
  },
  {
    means: 'rhetoric',
    weight: 3,
    words:
      /\b(?:is (?:it|this|that) (?:normal|fair|legal|right|acceptable|reasonable|how)|is there (?:anyone|anybody)|how (?:long|many (?:more )?(?:times|months|weeks)) (?:must|do|should|are|will) (?:we|i)|how can (?:it|this|that|they) be|why (?:should|must|do|does|is|are|has|have|can't|won't|was|were)|who (?:will|is going to) (?:pay|answer|compensate)|since when|what kind of|on what (?:grounds|basis)|are we supposed|am i supposed|do we really)\b/g,
  },
  {
    means: 'question',
    weight: 3,
    words:
      /\b(?:could you (?:please )?(?:tell|advise|explain|inform|let|clarify|confirm)|can you (?:please )?(?:tell|advise|explain|clarify|confirm)|i(?:'d| would) like to (?:know|ask|enquire|inquire)|we(?:'d| would) like to (?:know|ask|enquire|inquire)|please (?:tell me|advise|let (?:me|us) know|explain)|what (?:is|are) the|what (?:documents?|papers?|forms?|do (?:i|we) need)|which (?:documents?|office|counter|department|form|window|papers?|website)|where (?:do|can|should|to)|how (?:do|can|should|to|does|much|long does)|when (?:is|does|do|can|will the|are)|who (?:should|can|do) (?:i|we)|do (?:i|we) (?:need|have to)|does the|is there (?:a|any)|are there|are we (?:eligible|entitled|allowed)|can (?:i|we|a)|(?:a )?question (?:about|on|regarding)|enquir(?:y|e)|inquir(?:y|e)|wondering (?:if|whether|how|what)|is it possible|may (?:i|we))\b/g,
    negation: /\bnot (?:a )?$/,
  },
  { means: 'question', weight: 1, words: /\?/g },
  {
    means: 'hypothesis',
    weight: 3,
    words:
      /\b(?:what (?:should|can|do) (?:i|we) do if|how (?:do|can|should) (?:i|we) (?:report|complain|appeal)|where (?:do|can|should) (?:i|we) (?:report|complain|appeal)|in case (?:of|an)|what happens if)\b/g,
  },
  {
    means: 'suggestion',
    weight: 3,
    words:
      /\b(?:i|we|may i|i'd|we'd|my|our|a|one|i would like to|would)? ?(?:suggest(?:ion|ions|ing)?|propos(?:e|al)|recommend(?:ation)?(?= (?:that|to|opening|adding|publishing|making|having|you|the city)))\b|\b(?:it would (?:help|be (?:good|great|nice|better|useful|helpful|wonderful))|would be (?:good|great|nice|useful|helpful)|could (?:the|you) (?:city|office|bureau|consider|perhaps)|why not|please consider|consider (?:opening|adding|publishing|introducing|allowing|making)|might (?:help|be)|an idea|how about|should (?:be (?:merged|combined|simplified|published|open|extended|online|introduced)|publish|introduce|combine))\b/g,
    negation: /\b(?:not|they|he|she|officer|inspector|official|clerk|leader)\b.{0,8}$/,
  },
  {
    means: 'praise',
    weight: 4,
    words:
      /\b(?:many thanks to|(?:special |big |heartfelt |sincere )?thanks to (?:the|mr|ms|mrs|officer|your|all)|thank (?:the|mr|ms|mrs|officer|everyone|your (?:team|staff|colleagues?))|praise|commend|compliments?|kudos|well done|excellent|outstanding (?:service|work|help|staff|job)|wonderful|fantastic|great (?:job|service|work|help)|impress(?:ed|ive)|appreciat(?:e|ed|ion) (?:the|how|your (?:help|support|work|staff))|exemplary|very grateful|so grateful|keep up the good work|a pleasure)\b/g,
    negation: notEn,
  },
  {
    means: 'praise',
    weight: 2,
    words:
      /\b(?:friendly|helpful|polite|courteous|patient|efficient(?:ly)?|professional|fair|quick(?:ly)?|fast|smooth(?:ly)?|ready in (?:one|two|a|three) (?:day|days|hour|hours)|delighted|pleased|satisfied|happy with)\b/g,
    negation: notEn,
  },
  { means: 'thanks', weight: 1, words: /\b(?:thanks?|thank you|grateful|appreciated?|regards)\b/g },
  {
    means: 'solved',
    weight: 3,
    words:
      /\b(?:(?:has|have|is|was|were|been) (?:now |finally |been |all ){0,3}(?:solved|resolved|settled|fixed|restored|paid|issued|ready|granted|approved)|got (?:it|our|the) .{0,20}(?:in|within) (?:one|two|three|a) (?:day|days|hours?))\b/g,
    negation: /\b(?:not|never|n't|nothing|once|until|to be|after)\b.{0,14}$/,
  },

  // Everyday words for the same.
  {
    means: 'rhetoric',
    weight: 3,
    words:
      /\b(?:is any(?:one|body) (?:working|there|in charge|listening|ever)|(?:how|what) (?:is|are) (?:a|we|i|an|small|any)[^?.]{0,30}supposed to|supposed to (?:survive|work|live)|does any(?:one|body) (?:care|work|read|ever)|are you (?:serious|kidding)|really\?|why(?! not))\b/g,
  },
  {
    means: 'praise',
    weight: 4,
    words:
      /\b(?:our gratitude|my gratitude|gratitude to|pass on our|hats off|could not be happier|couldn't be happier|went out of (?:his|her|their) way|above and beyond|stayed (?:after hours|late|longer) to|a big thank|credit to|deserves? (?:praise|credit|recognition|a medal)|best service)\b/g,
    negation: notEn,
  },
  {
    means: 'suggestion',
    weight: 3,
    words:
      /\b(?:why not (?:let|allow|open|make|put|publish|have|offer|send|add)|would (?:save|make) (?:everyone|us|it|things|life)|maybe (?:you|the (?:city|office)) could|please (?:add|publish|introduce|offer)|wish (?:list|there were))\b/g,
  },
  {
    means: 'question',
    weight: 3,
    words:
      /\b(?:do (?:restaurants|shops|companies|firms|businesses|foreigners|employers|small|all|my|our)|is the|is (?:my|our|a) (?:company|firm|shop|business)|also open to|does (?:a|an|my|our|this|it)|are (?:foreign|small|new|shops|companies|restaurants)|is an? )\b/g,
  },

  {
    means: 'suggestion',
    weight: 3,
    words:
      /\bcould (?:also )?be (?:published|posted|merged|combined|simplified|extended|shared|online|made|announced|opened|moved|done|listed)\b|\b(?:if|then) (?:you|the city|customers|everyone|firms|people) (?:would|could) (?:know|save|see|plan|prepare)\b/g,
  },
  {
    means: 'praise',
    weight: 4,
    words: /\bwe are (?:very |so |truly )?(?:grateful|thankful|delighted|happy)\b|\bhighly recommend\b/g,
    negation: notEn,
  },
  { means: 'solved', weight: 3, words: /\b(?:settled|solved|resolved|paid|fixed) within\b/g },

  {
    means: 'praise',
    weight: 4,
    words:
      /\bvery (?:fair|helpful|kind|professional|patient|friendly|efficient|polite)\b|\bso (?:helpful|kind|patient|friendly)\b/g,
    negation: notEn,
  },
  {
    means: 'solved',
    weight: 3,
    words: /\b(?:explained everything|came back on time|ready (?:on|ahead of) (?:time|schedule)|on time)\b/g,
    negation: notEn,
  },
  {
    means: 'suggestion',
    weight: 3,
    words:
      /\bit would be (?:very |more |really )?(?:useful|helpful|nice|good|great|easier|convenient)\b|\bwould like to see\b/g,
  },
];
