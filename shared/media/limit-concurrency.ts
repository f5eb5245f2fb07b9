/** Runs a limited number of tasks at once and queues the others. Files are held in memory only within a task. */
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
