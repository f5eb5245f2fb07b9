import { setTimeout as sleep } from 'node:timers/promises';
import { createLimeControl } from '../harness/lime-control.ts';
import { type LogLine, startLocalProcess } from '../harness/local-process.ts';
import { findQueues } from '../harness/queues.ts';
import { createClients, embeddedAccess } from '../local/aws.ts';
import { readContent, refusedConversations } from './lime.ts';
import { readParked } from './parked.ts';
import { playKills, playSteps } from './play.ts';
import type { Result } from './report.ts';
import type { Schedule } from './schedule.ts';
import { linkState, sendAll } from './sender.ts';
import type { Call } from './traffic.ts';
import { judge, violationsOf } from './verdict.ts';
import type { Version } from './version.ts';

/** Milliseconds between two polls of queue and sandbox, and between two lines of progress. */
const POLL_MS = 500;
const PROGRESS_MS = 5_000;

export type RunOptions = {
  seed: number;
  /** A synthesized cloud assembly. */
  assembly: string;
  timeScale: number;
  calls: readonly Call[];
  /** Milliseconds over which the calls are spread. */
  sendWithinMs: number;
  schedule: Schedule;
  /** Milliseconds in which the queue must be empty once the faults are over. */
  maxDrainMs: number;
  /** Takes lines of progress. */
  print: (line: string) => void;
};

/** One run from start to verdict: sends the calls, causes faults, and waits until everything is delivered. */
export async function runSoak(options: RunOptions): Promise<Result> {
  const { seed, assembly, timeScale, calls, sendWithinMs, schedule, maxDrainMs, print } = options;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  const log = createLogCounts();
  await using local = await startLocalProcess({ assembly, timeScale, onLog: log.take });
  const { endpoint, sandboxUrl, awsEndpoint } = local;
  const lime = createLimeControl(sandboxUrl);
  const clients = createClients(embeddedAccess(awsEndpoint));
  using _ = { [Symbol.dispose]: clients.destroy };
  const queues = await findQueues(clients.sqs);
  await lime.seed(seed);

  const accepted: Version[] = [];
  const links = new Map<number, string>();
  let currentFault = 'none';
  const progress = async (): Promise<string> =>
    `seed ${seed}, ${seconds().toFixed(0)} s: ${accepted.length} accepted, ${await queues.queued().catch(() => '?')} queued, ` +
    `${log.delivered()} delivered, ${log.parked()} parked, ${(await lime.stats()).requests} requests, fault: ${currentFault}`;
  using __ = every(PROGRESS_MS, async () => print(await progress()));

  const refused = new Set<number>();
  const collectRefused = async (): Promise<void> => {
    for (const conversation of await refusedConversations(lime)) refused.add(conversation);
  };
  // The sandbox keeps only the last requests.
  using ___ = every(POLL_MS, collectRefused);

  const stopping = new AbortController();
  const { signal } = stopping;
  const killing = playKills({ kills: schedule.kills, lime, awsEndpoint, signal });
  await Promise.all([
    sendAll({
      endpoint,
      calls,
      withinMs: sendWithinMs,
      onAccepted: (versions, answered) => {
        accepted.push(...versions);
        for (const [index, { conversation }] of versions.entries()) links.set(conversation, answered[index] ?? '');
      },
    }),
    playSteps({
      steps: schedule.steps,
      lime,
      awsEndpoint,
      onStep: (title) => {
        currentFault = title;
      },
      signal,
    }),
  ]);
  // Lime may still carry out requests that it has already answered.
  const open = async (): Promise<number> => (await queues.queued()) + (await lime.stats()).outstanding;
  const isEmpty = await untilEmpty(open, maxDrainMs);
  stopping.abort();
  const [killed, content, parked, stats] = await Promise.all([
    killing,
    readContent(lime),
    readParked(clients.sqs, queues.dlqUrl),
    lime.stats(),
  ]);
  await collectRefused();
  const verdict = judge(accepted, { ...content, parked, refused, links: await statesOf(links) });
  const violations = [
    ...violationsOf(verdict),
    ...(isEmpty ? [] : [`the queue was not empty ${maxDrainMs / 1_000} s after the last fault`]),
  ];
  return { seed, verdict, stats, killed, receives: log.receives(), seconds: seconds(), violations };
}

/** Repeats a call that may fail during faults. */
function every(ms: number, work: () => Promise<void>): Disposable {
  const timer = setInterval(() => {
    work().catch(() => undefined);
  }, ms);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function statesOf(links: ReadonlyMap<number, string>): Promise<Map<number, string>> {
  const states = new Map<number, string>();
  for (const [conversation, link] of links) states.set(conversation, await linkState(link));
  return states;
}

/** True after two consecutive polls without open work. */
async function untilEmpty(open: () => Promise<number>, maxDrainMs: number): Promise<boolean> {
  const deadline = performance.now() + maxDrainMs;
  for (let empty = 0; performance.now() < deadline; ) {
    empty = (await open()) === 0 ? empty + 1 : 0;
    if (empty === 2) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Counts what the functions log during a run. */
function createLogCounts() {
  const ended = { delivered: new Set<unknown>(), parked: new Set<unknown>() };
  let receives = 0;
  return {
    take: ({ message, conversation, receiveCount }: LogLine): void => {
      if (message === 'delivered' || message === 'parked') ended[message].add(conversation);
      if (typeof receiveCount === 'number') receives = Math.max(receives, receiveCount);
    },
    delivered: (): number => ended.delivered.size,
    parked: (): number => ended.parked.size,
    receives: (): number => receives,
  };
}
