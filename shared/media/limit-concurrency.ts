/** Runs only so many pieces of work at once; the others wait. Files are held in memory only within it. */
export type LimitConcurrency = <T>(work: () => Promise<T>) => Promise<T>;

export function createLimitConcurrency(most: number): LimitConcurrency {
  let free = most;
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
