/** A function whose lines are read. */
export type LogSource = 'intake' | 'mapper' | 'link';

export type LogQuery = {
  /** Times in milliseconds. */
  since: number;
  until: number;
  /** Lines of these functions, by default of all. */
  sources?: readonly LogSource[] | undefined;
  /** Lines with any of these texts, by default all lines. */
  anyOf?: readonly string[] | undefined;
};

/** Reads the JSON lines of the functions, those of one function in the order they were written. */
export type ReadLog = (query: LogQuery) => AsyncIterable<string>;
