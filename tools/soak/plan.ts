import type { Options } from './options.ts';
import type { RunOptions } from './run.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { createTraffic } from './traffic.ts';

/** Requests to Lime for each record, if about one in three is sent more than once. */
const REQUESTS_PER_RECORD = 2.5;
/** The least seconds with faults, so that every kind happens. */
const SHORTEST_SECONDS = 20;
/** An outage of so many seconds stands for the requested days. */
const OUTAGE_SECONDS = 60;
const DAY_SECONDS = 24 * 3_600;
const TIME_SCALE = 0.02;
/** How long a record may still wait after the last fault: waits that are not scaled, and waits that are. */
const MAX_DRAIN_MS = { real: 240_000, scaled: 2 * 3_600_000 };

export type Run = Omit<RunOptions, 'assembly' | 'print'>;

/** One run for each seed of the options. */
export function runsOf(options: Options): Run[] {
  return options.seeds.map((seed) => runOf(seed, options));
}

function runOf(seed: number, options: Options): Run {
  const { conversations, kills, requestsPerSecond, schedule: kind, outageDays } = options;
  const calls = createTraffic(seed, conversations);
  const records = calls.reduce((sum, { versions }) => sum + versions.length, 0);
  const requests = records * REQUESTS_PER_RECORD;
  const common = (timeScale: number) => ({
    seed,
    calls,
    timeScale,
    maxDrainMs: MAX_DRAIN_MS.real + timeScale * MAX_DRAIN_MS.scaled,
  });
  if (kind === 'outage') {
    const realSeconds = outageDays * DAY_SECONDS;
    const timeScale = options.timeScale ?? OUTAGE_SECONDS / realSeconds;
    return { ...common(timeScale), sendWithinMs: OUTAGE_SECONDS * 500, schedule: outage(realSeconds * timeScale) };
  }
  const lastsMs = 1_000 * Math.max(SHORTEST_SECONDS, (1.2 * requests) / requestsPerSecond);
  return {
    ...common(options.timeScale ?? TIME_SCALE),
    sendWithinMs: 0.8 * lastsMs,
    schedule: createSchedule({ seed, kind, lastsMs, kills, requests }),
  };
}

/** Lime is down from the first call on. */
function outage(seconds: number): Schedule {
  return {
    steps: [{ title: 'outage', lime: [{ kind: 'outage' }], aws: [], lastsMs: seconds * 1_000, pauseMs: 0 }],
    kills: [],
  };
}
