import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createClients, embeddedAccess } from '../local/aws.ts';
import { startChild } from '../soak/child.ts';
import { pidsOf } from '../soak/mappers.ts';
import { callOf } from './call.ts';
import { residentMegabytes, type Sample } from './memory.ts';
import type { Options } from './options.ts';
import { type Answer, send } from './send.ts';

/** `replaced` is how many processes of functions ended on the way. */
export type Result = { answers: Answer[]; samples: Sample[]; replaced: number };

/** Calls between two looks at the memory; the queue is emptied as often, for it is kept in memory here. */
const CALLS_PER_LOOK = 100;

type Look = (at: number) => Promise<void>;

/**
 * Sends the calls of a seed, several at once.
 * @param assembly a synthesized cloud assembly, started here; not needed where the options name a URL
 */
export async function runFuzz(
  options: Options,
  assembly: string,
  show: (done: number, total: number) => void = () => undefined,
): Promise<Result> {
  const { url } = options;
  if (url !== undefined) {
    return {
      answers: await sendAll(url.replace(/\/+$/, ''), options, show, async () => undefined),
      samples: [],
      replaced: 0,
    };
  }
  let replaced = 0;
  await using child = await startChild({
    assembly,
    timeScale: 1,
    onLog: ({ message }) => {
      if (message === 'a process ended and is replaced') replaced += 1;
    },
  });
  const clients = createClients(embeddedAccess(child.awsEndpoint));
  using _ = { [Symbol.dispose]: clients.destroy };
  const samples: Sample[] = [];
  const look = async (at: number): Promise<void> => {
    samples.push({ at, megabytes: await residentMegabytes(await pidsOf(child.awsEndpoint, 'Intake')) });
    await purge(clients.sqs, child.queueUrl);
  };
  await look(0);
  const answers = await sendAll(child.endpoint, options, show, look);
  return { answers, samples, replaced };
}

async function purge(client: SQSClient, QueueUrl: string): Promise<void> {
  await client.send(new PurgeQueueCommand({ QueueUrl }));
}

async function sendAll(
  endpoint: string,
  { runs, seed, concurrency, key }: Options,
  show: (done: number, total: number) => void,
  look: Look,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const numbers = Array.from({ length: runs }, (_, number) => number).values();
  const worker = async (): Promise<void> => {
    for (const number of numbers) {
      const call = callOf(seed, number, key);
      const first = await send(endpoint, number, call);
      // What hangs does so again; what came to nothing because the machine was busy does not.
      const isAnswered = first.status !== undefined;
      answers.push(isAnswered ? first : { ...(await send(endpoint, number, call)), repeated: first.wrong });
      show(answers.length, runs);
      if (answers.length % CALLS_PER_LOOK === 0) await look(answers.length / runs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}
