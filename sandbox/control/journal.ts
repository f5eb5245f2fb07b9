/** One request to a Lime path, without its key. */
export type Entry = {
  at: string;
  method: string;
  path: string;
  /** The raw query string without `?`. */
  search: string;
  /** The parsed `q` of the Query API. */
  q?: unknown;
  limetype?: string;
  /** Null while the request is open, and after a reset of the connection. */
  status: number | null;
  faults: readonly string[];
  body?: unknown;
};

const windowSeconds = [1, 5, 300] as const;

export type Stats = {
  requests: number;
  byStatusClass: Record<string, number>;
  byMethod: Record<string, number>;
  byLimetype: Record<string, number>;
  /** The most requests that arrived within any so many seconds. */
  mostWithin: Record<'1s' | '5s' | '300s', number>;
  /** Requests that have their response but are not carried out yet. */
  outstanding: number;
};

export type Journal = ReturnType<typeof createJournal>;

/** @param size how many entries are kept; the statistics count all requests */
export function createJournal(now: () => number, size: number) {
  let entries: Entry[] = [];
  let stats = emptyStats();
  let arrivals: number[] = [];
  let outstanding = 0;

  const countWindows = (at: number): void => {
    arrivals.push(at);
    for (const seconds of windowSeconds) {
      const inside = arrivals.length - firstAfter(arrivals, at - seconds * 1000);
      const name = `${seconds}s` as const;
      stats.mostWithin[name] = Math.max(stats.mostWithin[name], inside);
    }
    const old = firstAfter(arrivals, at - Math.max(...windowSeconds) * 1000);
    if (old > 10_000) arrivals = arrivals.slice(old);
  };

  return {
    open(request: Omit<Entry, 'at' | 'status' | 'faults'>): Entry {
      const at = now();
      const entry: Entry = { at: new Date(at).toISOString(), ...request, status: null, faults: [] };
      entries.push(entry);
      if (entries.length > size) entries.shift();
      stats.requests += 1;
      count(stats.byMethod, entry.method);
      if (entry.limetype !== undefined) count(stats.byLimetype, entry.limetype);
      countWindows(at);
      return entry;
    },
    /** @param status null if the connection was reset */
    close(entry: Entry, status: number | null): void {
      entry.status = status;
      count(stats.byStatusClass, status === null ? 'reset' : `${Math.trunc(status / 100)}xx`);
    },
    /** Counts a request as outstanding until it is carried out. */
    async trackOutstanding(work: () => Promise<unknown>): Promise<void> {
      outstanding += 1;
      try {
        await work();
      } finally {
        outstanding -= 1;
      }
    },
    entries: (): readonly Entry[] => entries,
    stats: (): Stats => ({ ...stats, outstanding }),
    clear(): void {
      entries = [];
      stats = emptyStats();
      arrivals = [];
    },
  };
}

function emptyStats(): Omit<Stats, 'outstanding'> {
  return {
    requests: 0,
    byStatusClass: {},
    byMethod: {},
    byLimetype: {},
    mostWithin: { '1s': 0, '5s': 0, '300s': 0 },
  };
}

function count(counts: Record<string, number>, name: string) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Index of the first ascending value above the bound. */
function firstAfter(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? bound) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
