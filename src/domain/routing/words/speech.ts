/** What a sentence does, before it is decided what the whole report is. */
export type Speech =
  | 'grievance'
  | 'rhetoric'
  | 'question'
  | 'hypothesis'
  | 'suggestion'
  | 'praise'
  | 'thanks'
  | 'solved';

/** Where a friendly opening turns into what the writer came for. */
export const turnings =
  /但是?|可是|不过|然而|只是|就是(?=.{0,6}(?:太|办|慢|拖|差))|却|可(?=.{0,8}(?:没|不|还))|\b(?:but|however|yet|meanwhile|nevertheless|although|unfortunately|still,)\b/gu;
