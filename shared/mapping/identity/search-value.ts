/** A value to search for in Lime. */
export type SearchValue = {
  /** The normalized value, which both sides are compared by. */
  normal: string;
  /** The spellings that a first query asks for. */
  spellings: string[];
  /** Lists of texts. Every stored spelling contains at least one text of each list. Empty if there is no second query. */
  fragments: string[][];
};
