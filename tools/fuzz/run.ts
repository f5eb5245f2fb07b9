import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { startLocalProcess } from '../harness/local-process.ts';
import { functionPids, residentMegabytes } from '../harness/processes.ts';
import { createClients, embeddedAccess } from '../local/aws.ts';
import { aCall, callOf } from './call.ts';
import type { Sample } from './memory.ts';
import type { Options } from './options.ts';
import { type Outcome, send } from './send.ts';

/** `replaced` is the number of function processes that ended during the run. */
export type Result = { outcomes: Outcome[]; samples: Sample[]; replaced: number };

/** Calls between two samples of the memory. The queues are emptied as often, because the emulator keeps it in memory. */
const CALLS_PER_SAMPLE = 100;

/**
 * Sends the calls of a seed, several at once.
 * @param assembly a synthesized cloud assembly that is started, or undefined to call the URL of the options
 */
export async function runFuzz(
  options: Options,
  assembly: string | undefined,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Result> {
  if (assembly === undefined) {
    const outcomes = await sendAll(options.url?.replace(/\/+$/, '') ?? '', options, async (done, total) =>
      onProgress(done, total),
    );
    return { outcomes, samples: [], replaced: 0 };
  }
  let replaced = 0;
  await using local = await startLocalProcess({
    assembly,
    timeScale: 1,
    onLog: ({ message }) => {
      if (message === 'a process ended and is replaced') replaced += 1;
    },
  });
  const clients = createClients(embeddedAccess(local.awsEndpoint));
  using _ = { [Symbol.dispose]: clients.destroy };
  const samples: Sample[] = [];
  const sample = async (at: number): Promise<void> => {
    samples.push({ at, megabytes: await residentMegabytes(await functionPids(local.awsEndpoint, 'Intake')) });
    for (const QueueUrl of local.queueUrls) await clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  };
  await sample(0);
  const outcomes = await sendAll(local.endpoint, options, async (done, total) => {
    onProgress(done, total);
    if (done % CALLS_PER_SAMPLE === 0) await sample(done / total);
  });
  return { outcomes, samples, replaced };
}

async function sendAll(
  endpoint: string,
  { runs, seed, call: only, concurrency, key }: Options,
  onSent: (done: number, total: number) => Promise<void>,
): Promise<Outcome[]> {
  const calls = aCall(key);
  const outcomes: Outcome[] = [];
  const numbers = only === undefined ? Array.from({ length: runs }, (_, number) => number) : [only];
  const left = numbers.values();
  const worker = async (): Promise<void> => {
    for (const number of left) {
      const call = callOf(calls, seed, number);
      const first = await send(endpoint, number, call);
      // A call that hangs does so again. One that failed because the machine was busy does not.
      const isAnswered = first.status !== undefined;
      outcomes.push(isAnswered ? first : { ...(await send(endpoint, number, call)), repeated: first.violation });
      await onSent(outcomes.length, numbers.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return outcomes;
}
