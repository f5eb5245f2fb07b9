import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchRun, startBenchRun } from '../bench-run.ts';
import { aConversation, type Payload } from '../conversations.ts';
import { budgetUse, percentile, requestsFor } from '../measure.ts';
import { type Measured, REQUESTS_PER_SECOND } from '../rows.ts';

/** Lime's time for a response. */
export const LIME_MS = 300;

const MESSAGES = 4;
/** The largest batch of a mapper. */
const BATCH = 40;
const RESENDS = 20;
/** Between two singles, so that the first has left the budget. */
const PAUSE_MS = 400;
/** The bulk call is under way. */
const BULK_STARTS_MS = 2_000;

export type Latency = {
  measured: Measured;
  /** Seconds of each single from accepted until in Lime. */
  alone: number[];
  besideBulk: number[];
  /** Seconds of a conversation of the bulk call at Lime's budget. */
  secondsInBulk: number;
};

/** Measures what an operator waits for, and what Lime receives, while Lime's budget is kept. */
export async function measureLatency(options: {
  assembly: string;
  bulk: number;
  singles: number;
  print: (line: string) => void;
}): Promise<Latency> {
  const { assembly, bulk, singles, print } = options;
  await using run = await startBenchRun(assembly);
  const { lime, deliver } = run;
  await lime.setFaults([{ kind: 'slow', ms: LIME_MS }]);
  let next = 0;
  const many = (count: number): Payload[] => Array.from({ length: count }, () => aConversation(next++, MESSAGES));
  const measuredRequests = () => received(run);
  await deliver(many(1));
  await deliver(many(BATCH));

  print(`${singles} singles`);
  await lime.forgetRequests();
  const alone = await sendSingles(run, many(singles));
  const requestsAlone = requestsFor((await measuredRequests()).requests) / singles;

  print(`a call of ${BATCH}`);
  await deliver(many(BATCH));
  const ofBatch = await measuredRequests();

  print(`a bulk call of ${bulk}`);
  const payloads = many(bulk);
  const milliseconds = await deliver(payloads);
  const ofBulk = await measuredRequests();

  print(`${RESENDS} of them again, unchanged`);
  for (const payload of payloads.slice(0, RESENDS)) await deliver(payload);
  const ofUnchanged = await measuredRequests();

  print(`a bulk call of ${bulk} with ${singles} singles beside it`);
  const second = deliver(many(bulk));
  await sleep(BULK_STARTS_MS);
  const besideBulk = await sendSingles(run, many(singles));
  await second;
  const ofBoth = await measuredRequests();

  const use = (requests: typeof ofBulk.requests): number => 100 * budgetUse(requests, 'helpdesk', REQUESTS_PER_SECOND);
  return {
    measured: {
      singleP50: percentile(alone, 0.5),
      singleP95: percentile(alone, 0.95),
      singleBesideBulkP95: percentile(besideBulk, 0.95),
      budgetUseOf40: use(ofBatch.requests),
      budgetUseOfBulk: use(ofBulk.requests),
      mostIn5Seconds: Math.max(ofBatch.most, ofBulk.most, ofBoth.most),
      requestsInBulk: requestsFor(ofBulk.requests) / bulk,
      requestsAlone,
      requestsUnchanged: requestsFor(ofUnchanged.requests) / RESENDS,
      peakMegabytes: run.peakMegabytes(),
    },
    alone,
    besideBulk,
    secondsInBulk: milliseconds / 1_000 / bulk,
  };
}

/** Seconds of each from accepted until in Lime. */
async function sendSingles({ deliver }: BenchRun, payloads: Payload[]): Promise<number[]> {
  const seconds: number[] = [];
  for (const payload of payloads) {
    seconds.push((await deliver(payload)) / 1_000);
    await sleep(PAUSE_MS);
  }
  return seconds;
}

/** The requests since the last call, and the most of them in any 5 seconds. */
async function received({ lime }: BenchRun) {
  const [{ mostWithin }, requests] = await Promise.all([lime.stats(), lime.requests()]);
  await lime.forgetRequests();
  return { requests, most: mostWithin['5s'] };
}
