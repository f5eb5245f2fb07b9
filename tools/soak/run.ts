import { setTimeout as sleep } from 'node:timers/promises';
import { createClients, embeddedAccess } from '../local/aws.ts';
import { type LogLine, startChild } from './child.ts';
import { createLimeControl } from './lime.ts';
import { playKills, playSteps } from './play.ts';
import { findQueues } from './queues.ts';
import type { Result } from './report.ts';
import type { Schedule } from './schedule.ts';
import { linkState, sendAll } from './sender.ts';
import type { Call } from './traffic.ts';
import { judge, violationsOf } from './verdict.ts';
import type { Version } from './version.ts';

/** Milliseconds between two looks at the queue and two lines of progress. */
const LOOK_MS = 500;
const TELL_MS = 5_000;

export type RunOptions = {
  seed: number;
  /** A synthesized cloud assembly. */
  assembly: string;
  timeScale: number;
  calls: readonly Call[];
  /** Milliseconds over which the calls are spread. */
  sendWithinMs: number;
  schedule: Schedule;
  /** Milliseconds that the queue may take to run empty once nothing is wrong any more. */
  patienceMs: number;
  /** Takes lines of progress. */
  tell: (line: string) => void;
};

/** One run from its start to its verdict: sends, lets things go wrong, waits until all has come to rest. */
export async function runSoak(options: RunOptions): Promise<Result> {
  const { seed, assembly, timeScale, calls, sendWithinMs, schedule, patienceMs, tell } = options;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  const log = createLogCounts();
  await using child = await startChild({ assembly, timeScale, onLog: log.take });
  const { endpoint, sandboxUrl, awsEndpoint } = child;
  const lime = createLimeControl(sandboxUrl);
  const clients = createClients(embeddedAccess(awsEndpoint));
  using _ = { [Symbol.dispose]: clients.destroy };
  const queues = await findQueues(clients.sqs);
  await lime.seed(seed);

  const accepted: Version[] = [];
  const links = new Map<number, string>();
  let wrong = 'nothing';
  const progress = async (): Promise<string> =>
    `seed ${seed}, ${seconds().toFixed(0)} s: ${accepted.length} accepted, ${await queues.queued().catch(() => '?')} queued, ` +
    `${log.delivered()} delivered, ${log.parked()} parked, ${(await lime.stats()).requests} requests, wrong: ${wrong}`;
  const telling = setInterval(() => {
    progress().then(tell, () => undefined);
  }, TELL_MS);
  using __ = { [Symbol.dispose]: () => clearInterval(telling) };

  const refused = new Set<number>();
  const lookForRefused = async (): Promise<void> => {
    for (const conversation of await lime.refused()) refused.add(conversation);
  };
  // The sandbox keeps the last requests only.
  const looking = setInterval(() => {
    lookForRefused().catch(() => undefined);
  }, LOOK_MS);
  using ___ = { [Symbol.dispose]: () => clearInterval(looking) };

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
        wrong = title;
      },
      signal,
    }),
  ]);
  // Lime may still carry out what it has answered long ago.
  const open = async (): Promise<number> => (await queues.queued()) + (await lime.stats()).outstanding;
  const isEmpty = await untilEmpty(open, patienceMs);
  stopping.abort();
  const [killed, content, parked, stats] = await Promise.all([killing, lime.content(), queues.parked(), lime.stats()]);
  await lookForRefused();
  const verdict = judge(accepted, { ...content, parked, refused, links: await statesOf(links) });
  const violations = [
    ...violationsOf(verdict),
    ...(isEmpty ? [] : [`the queue was not empty ${patienceMs / 1_000} s after everything was well again`]),
  ];
  return { seed, verdict, stats, killed, receives: log.receives(), seconds: seconds(), violations };
}

async function statesOf(links: ReadonlyMap<number, string>): Promise<Map<number, string>> {
  const states = new Map<number, string>();
  for (const [conversation, link] of links) states.set(conversation, await linkState(link));
  return states;
}

/** True once nothing is seen to be open twice in a row. */
async function untilEmpty(open: () => Promise<number>, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  for (let empty = 0; performance.now() < deadline; ) {
    empty = (await open()) === 0 ? empty + 1 : 0;
    if (empty === 2) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

/** What the functions' logs tell while a run lasts. */
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
