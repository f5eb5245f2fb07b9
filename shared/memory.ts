/** A cache with a capacity. Evicts the least recently used entry. */
export type Memory<T> = {
  recall(name: string): T | undefined;
  keep(name: string, value: T): void;
  forget(name: string): void;
};

export function createMemory<T>(capacity: number): Memory<T> {
  const entries = new Map<string, T>();
  function keep(name: string, value: T): void {
    entries.delete(name);
    entries.set(name, value);
    const [oldest] = entries.keys();
    if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
  }
  return {
    keep,
    recall: (name) => {
      const value = entries.get(name);
      if (value !== undefined) keep(name, value);
      return value;
    },
    forget: (name) => void entries.delete(name),
  };
}
