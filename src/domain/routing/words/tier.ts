/** Signs of a matter left over from years ago (历史遗留). */
export const legacyWords =
  /历史遗留|遗留(?:问题|项目)|陈年|老大难|多年(?:前|来|未|没|得不到)|(?:[三四五六七八九十]|[3-9]|1\d|2\d|十[一二三四五六七八九])(?:个)?多?年(?:多|来|前|了|没|还|未|都|里|都没)|\b(?:legacy (?:case|issue|problem)|(?:three|four|five|six|seven|eight|nine|ten|[3-9]|1\d) (?:long |whole |full )?years (?:ago|now|later|and|without|of)|for (?:many|over two|more than two|three|four|five|six|seven|eight|nine|ten|[3-9]|1\d) years|years ago)\b/u;

/** A calendar year in which something is said to have happened. */
export const calendarYear = /(?<!\d)(20[0-4]\d)(?:年(?!度(?:申报|预算))|(?=[^\d万元%.]|$))/gu;

/** Years that belong to a plan, a rule or the future rather than to the matter. */
export const ageThatCounts = 3;
