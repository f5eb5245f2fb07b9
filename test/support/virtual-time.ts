import { setImmediate } from 'node:timers/promises';

/** A clock whose time passes only while everybody sleeps. */
export type VirtualTime = {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Lets time pass until then. */
  runUntil: (time: number) => Promise<void>;
  /** Lets time pass, a tenth of a second at once, until something holds. Returns the time. */
  runUntilTrue: (holds: () => boolean) => Promise<number>;
};

const LONGEST_RUN_MS = 3_600_000;

export function createVirtualTime(start = 1_700_000_000_000): VirtualTime {
  let time = start;
  let sleeping: { until: number; wake: () => void }[] = [];
  const virtualTime: VirtualTime = {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleeping.push({ until: time + milliseconds, wake });
      }),
    runUntil: async (end) => {
      for (;;) {
        await setImmediate();
        const next = Math.min(...sleeping.map(({ until }) => until));
        if (next > end) break;
        time = Math.max(time, next);
        const [awake, asleep] = [
          sleeping.filter(({ until }) => until <= time),
          sleeping.filter(({ until }) => until > time),
        ];
        sleeping = asleep;
        for (const { wake } of awake) wake();
      }
      time = end;
    },
    runUntilTrue: async (holds) => {
      for (const last = time + LONGEST_RUN_MS; !holds(); ) {
        if (time > last) throw new Error('it takes too long');
        await virtualTime.runUntil(time + 100);
      }
      return time;
    },
  };
  return virtualTime;
}
