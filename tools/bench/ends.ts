import { setTimeout as sleep } from 'node:timers/promises';
import type { LogLine } from '../harness/local-process.ts';

/** Milliseconds after which a step has failed. */
const STEP_TIMEOUT_MS = 600_000;

export type Ends = ReturnType<typeof createEnds>;

/** Waits for the mapper's log lines at the end of conversations, and counts what the functions log. */
export function createEnds() {
  const waiting = new Map<string, () => void>();
  let logBytes = 0;
  return {
    take: (line: LogLine): void => {
      const { message, conversation, service } = line;
      if (service !== 'local') logBytes += JSON.stringify(line).length + 1;
      if (message === 'parked') throw new Error(`conversation ${conversation} was parked`);
      if (message === 'delivered') waiting.get(String(conversation))?.();
    },
    logBytes: () => logBytes,
    /** Resolves when each of these conversations has ended once from now on. */
    wait: async (ids: readonly number[]): Promise<void> => {
      const all = ids.map((id) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.set(String(id), resolve);
        return promise;
      });
      const given = new AbortController();
      const tooLong = sleep(STEP_TIMEOUT_MS, undefined, { signal: given.signal }).then(() => {
        throw new Error(`${ids.length} conversations did not end within ${STEP_TIMEOUT_MS / 1_000} s`);
      });
      tooLong.catch(() => undefined);
      await Promise.race([Promise.all(all), tooLong]);
      given.abort();
    },
  };
}
