import { setTimeout as sleep } from 'node:timers/promises';

/** For what nothing announces: repeats an assertion until it holds, for at most a minute. */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
