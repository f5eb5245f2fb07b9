import { setTimeout as sleep } from 'node:timers/promises';
import { createLimeControl, type LimeStats } from '../harness/lime-control.ts';
import { type LogLine, startLocalProcess } from '../harness/local-process.ts';
import { findQueues } from '../harness/queues.ts';
import { sendCall } from '../harness/send-call.ts';
import { createClients, embeddedAccess } from '../local/aws.ts';
import { aConversation, type Payload } from './conversations.ts';
import { type Cost, costOf, type Sample } from './measure.ts';

/** Conversations in a bulk call, single sends, and re-sends that are measured. */
const CALL = 100;
const SINGLES = 30;
const RESENDS = 20;
/** Milliseconds between two samples of the queue, and between two single sends. */
const SAMPLE_MS = 50;
const SINGLE_EVERY_MS = 1_700;
/** Milliseconds after which a step has failed. */
const STEP_TIMEOUT_MS = 600_000;
const MESSAGES = 4;

export type Measured = {
  bulk: { cost: Cost; seconds: number; samples: Sample[]; mostWithin: LimeStats['mostWithin'] };
  /** As many new conversations whose contacts have only a phone number. */
  phones: Cost;
  /** Milliseconds from the response to the add-on until Lime has limeobject and note. */
  singles: number[];
  unchanged: Cost;
  changed: Cost;
  /** Changed conversations that are sent one by one. */
  changedSingles: Cost;
};

/** Measures one local run with a Lime that responds late. */
export async function runBench(options: {
  assembly: string;
  conversations: number;
  latencyMs: number;
  print: (line: string) => void;
}): Promise<Measured> {
  const { assembly, conversations, latencyMs, print } = options;
  const ends = createEnds();
  await using local = await startLocalProcess({ assembly, timeScale: 1, onLog: ends.take });
  const { endpoint, sandboxUrl, awsEndpoint } = local;
  const lime = createLimeControl(sandboxUrl);
  const clients = createClients(embeddedAccess(awsEndpoint));
  using _ = { [Symbol.dispose]: clients.destroy };
  const queues = await findQueues(clients.sqs);
  if (latencyMs > 0) await lime.setFaults([{ kind: 'slow', ms: latencyMs }]);
  const send = (body: Payload | Payload[]): Promise<string[]> => sendCall(endpoint, body);

  /** Sends conversations, waits until all have ended and returns what they cost. */
  const costOfSending = async (payloads: Payload[], together: boolean): Promise<Cost> => {
    await lime.forgetRequests();
    if (together) {
      await sendAwaited(payloads, payloads);
    } else {
      for (const payload of payloads) await sendAwaited([payload], payload);
    }
    return costOf(await lime.requests());
  };
  const sendAwaited = async (payloads: Payload[], body: Payload | Payload[]): Promise<void> => {
    const ended = ends.wait(payloads.map(({ id }) => id));
    await send(body);
    await ended;
  };

  print(`sending ${conversations} new conversations`);
  const bulk = Array.from({ length: conversations }, (_, index) => aConversation(index, MESSAGES));
  const ended = ends.wait(bulk.map(({ id }) => id));
  const samples: Sample[] = [];
  const began = performance.now();
  for (let at = 0; at < bulk.length; at += CALL) await send(bulk.slice(at, at + CALL));
  let open = true;
  const sampling = (async () => {
    while (open) {
      const [waiting, { requests }] = await Promise.all([queues.waiting(), lime.stats()]);
      samples.push({ at: performance.now(), waiting, requests });
      await sleep(SAMPLE_MS);
    }
  })();
  await ended;
  const seconds = (performance.now() - began) / 1_000;
  open = false;
  await sampling;
  const { mostWithin } = await lime.stats();
  const cost = costOf(await lime.requests());

  print(`sending ${conversations} new conversations with phone numbers only`);
  const numbers = Array.from({ length: conversations }, (_, index) =>
    aConversation(conversations + SINGLES + index, MESSAGES, 'phone'),
  );
  await lime.forgetRequests();
  const phonesEnded = ends.wait(numbers.map(({ id }) => id));
  for (let at = 0; at < numbers.length; at += CALL) await send(numbers.slice(at, at + CALL));
  await phonesEnded;
  const phones = costOf(await lime.requests());

  print(`sending ${SINGLES} single conversations`);
  const singles: number[] = [];
  for (let index = 0; index < SINGLES; index += 1) {
    const payload = aConversation(conversations + index, MESSAGES);
    const delivered = ends.wait([payload.id]);
    await send(payload);
    const accepted = performance.now();
    await delivered;
    singles.push(performance.now() - accepted);
    await sleep(Math.max(0, SINGLE_EVERY_MS - (performance.now() - accepted)));
  }

  print(`sending ${RESENDS} conversations again, unchanged, then changed`);
  const count = Math.min(RESENDS, conversations);
  const longer = (more: number): Payload[] =>
    Array.from({ length: count }, (_, index) => aConversation(index, MESSAGES + more));
  return {
    bulk: { cost, seconds, samples, mostWithin },
    phones,
    singles,
    unchanged: await costOfSending(longer(0), true),
    changed: await costOfSending(longer(1), true),
    changedSingles: await costOfSending(longer(2), false),
  };
}

/** Waits for the mapper's log lines at the end of conversations. */
function createEnds() {
  const waiting = new Map<string, () => void>();
  return {
    take: ({ message, conversation }: LogLine): void => {
      if (message === 'parked') throw new Error(`conversation ${conversation} was parked`);
      if (message === 'delivered') waiting.get(String(conversation))?.();
    },
    /** Resolves when each of these conversations has ended once from now on. */
    wait: async (ids: readonly number[]): Promise<void> => {
      const all = ids.map((id) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.set(String(id), resolve);
        return promise;
      });
      const given = new AbortController();
      const tooLong = sleep(STEP_TIMEOUT_MS, undefined, { signal: given.signal }).then(() => {
        throw new Error(`${ids.length} conversations did not end within ${STEP_TIMEOUT_MS / 1_000} s`);
      });
      tooLong.catch(() => undefined);
      await Promise.race([Promise.all(all), tooLong]);
      given.abort();
    },
  };
}
