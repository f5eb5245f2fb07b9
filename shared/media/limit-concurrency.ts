/** Lets so many pieces of work run at once, the others in turn: files are held in memory only within it. */
export type LimitConcurrency = <T>(work: () => Promise<T>) => Promise<T>;

export function createConcurrencyLimit(maxBytes: number): LimitConcurrency {
  let free = maxBytes;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
