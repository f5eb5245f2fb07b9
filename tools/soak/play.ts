import { setTimeout as sleep } from 'node:timers/promises';
import type { LimeControl } from './lime.ts';
import { kill, mapperPids } from './mappers.ts';
import type { Kill, Step } from './schedule.ts';

/** Milliseconds between two looks at how far a run has come. */
const LOOK_MS = 10;

/** Lets each step happen for its time; ends early, with nothing wrong any more, when `signal` aborts. */
export async function playSteps(options: {
  steps: readonly Step[];
  lime: LimeControl;
  awsEndpoint: string;
  onStep: (title: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { steps, lime, awsEndpoint, onStep, signal } = options;
  const awsFaults = `${awsEndpoint}/_emulator/faults`;
  const clear = async (): Promise<void> => {
    await lime.setFaults([]);
    await fetch(awsFaults, { method: 'DELETE' });
  };
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  for (const { title, lime: limeFaults, aws, lastsMs, pauseMs } of steps) {
    if (signal.aborted) break;
    onStep(title);
    await lime.setFaults(limeFaults);
    for (const fault of aws) await fetch(awsFaults, { method: 'POST', body: JSON.stringify(fault) });
    await pause(lastsMs);
    await clear();
    await pause(pauseMs);
  }
  onStep('nothing');
}

/** Kills mappers at their moments, each of which waits until a mapper is there; how many processes died. */
export async function playKills(options: {
  kills: readonly Kill[];
  lime: LimeControl;
  awsEndpoint: string;
  signal: AbortSignal;
}): Promise<number> {
  const { kills, lime, awsEndpoint, signal } = options;
  const look = (): Promise<void> => sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  let killed = 0;
  for (const { afterRequests, delayMs, all } of kills) {
    while (!signal.aborted && (await lime.stats()).requests < afterRequests) await look();
    if (signal.aborted) break;
    await sleep(delayMs);
    const pids = await mapperPids(awsEndpoint);
    killed += (all ? pids : pids.slice(0, 1)).filter(kill).length;
  }
  return killed;
}
