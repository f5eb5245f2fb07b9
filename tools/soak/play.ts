import { setTimeout as sleep } from 'node:timers/promises';
import type { LimeControl } from '../harness/lime-control.ts';
import { functionPids, kill } from '../harness/processes.ts';
import type { Kill, Step } from './schedule.ts';

/** Milliseconds between two polls of how many requests Lime has received. */
const POLL_MS = 10;

/** Plays each step for its time. Ends early, without faults, when `signal` aborts. */
export async function playSteps(options: {
  steps: readonly Step[];
  lime: LimeControl;
  awsEndpoint: string;
  onStep: (title: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { steps, lime, awsEndpoint, onStep, signal } = options;
  const awsFaults = `${awsEndpoint}/_emulator/faults`;
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  for (const { title, lime: limeFaults, aws, lastsMs, pauseMs } of steps) {
    if (signal.aborted) break;
    onStep(title);
    await lime.setFaults(limeFaults);
    for (const fault of aws) await fetch(awsFaults, { method: 'POST', body: JSON.stringify(fault) });
    await pause(lastsMs);
    await lime.setFaults([]);
    await fetch(awsFaults, { method: 'DELETE' });
    await pause(pauseMs);
  }
  onStep('none');
}

/** Kills mappers as scheduled. Returns how many processes were killed. */
export async function playKills(options: {
  kills: readonly Kill[];
  lime: LimeControl;
  awsEndpoint: string;
  signal: AbortSignal;
}): Promise<number> {
  const { kills, lime, awsEndpoint, signal } = options;
  const poll = (): Promise<void> => sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  let killed = 0;
  for (const { afterRequests, delayMs, all } of kills) {
    while (!signal.aborted && (await lime.stats()).requests < afterRequests) await poll();
    if (signal.aborted) break;
    await sleep(delayMs);
    const pids = await functionPids(awsEndpoint, 'Mapper');
    killed += (all ? pids : pids.slice(0, 1)).filter(kill).length;
  }
  return killed;
}
