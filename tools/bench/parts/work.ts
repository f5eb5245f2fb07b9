import { cpuSeconds, functionPids } from '../../harness/processes.ts';
import { type BenchRun, startBenchRun } from '../bench-run.ts';
import { aConversation, MESSAGES_OF_20_KB, type Payload } from '../conversations.ts';
import { median } from '../measure.ts';
import type { Measured } from '../rows.ts';
import { type Bare, sendAll, startBare } from './bare.ts';

const ARRAY = 100;
/** A full batch of the mapper. */
const BATCH = 40;
/** Arrays in a round: whole batches, so that none waits for its window. */
const ARRAYS = 4;
const SINGLES = 60;
/** Singles that are under way at once. */
const AT_ONCE = 8;
/** Rounds until the code is compiled, which count nothing. */
const WARM_UP = 2;

export type Work = {
  measured: Measured;
  /** Bytes of a conversation, and of what the functions log for it. */
  bytes: number;
  logBytes: { bulk: number; single: number };
};

/** Measures what the functions compute for a conversation of 20 KB, in rounds with the bare server. Lime responds at once. */
export async function measureWork(options: {
  assembly: string;
  rounds: number;
  print: (line: string) => void;
}): Promise<Work> {
  const { assembly, rounds, print } = options;
  await using run = await startBenchRun(assembly);
  let next = 0;
  const many = (count: number): Payload[] =>
    Array.from({ length: count }, () => aConversation(next++, MESSAGES_OF_20_KB));
  const arrays = (): Payload[][] => Array.from({ length: ARRAYS }, () => many(ARRAY));

  for (const payload of many(1)) await run.deliver(payload);
  await run.lime.forgetRequests();
  for (const payload of many(1)) await run.deliver(payload);
  const requests = await run.lime.requests();
  const bare = await startBare({ sandboxUrl: run.local.sandboxUrl, requests, batch: BATCH });
  try {
    const played: Round[] = [];
    for (let round = 1 - WARM_UP; round <= rounds; round += 1) {
      print(round <= 0 ? 'warming up' : `round ${round} of ${rounds}: bare server, local run`);
      const one = await playRound(run, bare, { singles: many(SINGLES), alone: many(SINGLES), arrays });
      // The sandbox would keep every conversation.
      await run.lime.reset();
      if (round > 0) played.push(one);
    }
    const of = (read: (round: Round) => number): number => median(played.map(read));
    const [example] = many(1);
    return {
      measured: {
        mapperCpuBulk: of(({ bulk }) => bulk.mapperMs),
        intakeCpuBulk: of(({ bulk }) => bulk.intakeMs),
        mapperCpuSingle: of(({ single }) => single.mapperMs),
        intakeCpuSingle: of(({ single }) => single.intakeMs),
        againstBareSingles: of(({ bareSinglesMs, singlesMs }) => bareSinglesMs / singlesMs),
        againstBareArrays: of(({ bareArraysMs, bulk }) => bareArraysMs / bulk.milliseconds),
        peakMegabytes: run.peakMegabytes(),
      },
      bytes: Buffer.byteLength(JSON.stringify(example)),
      logBytes: { bulk: of(({ bulk }) => bulk.logBytes), single: of(({ single }) => single.logBytes) },
    };
  } finally {
    bare.stop();
  }
}

/** What the functions used, for each conversation, and how long all of them took. */
type Used = { mapperMs: number; intakeMs: number; logBytes: number; milliseconds: number };
type Round = { bareSinglesMs: number; bareArraysMs: number; singlesMs: number; bulk: Used; single: Used };

async function playRound(
  run: BenchRun,
  bare: Bare,
  payloads: { singles: Payload[]; alone: Payload[]; arrays: () => Payload[][] },
): Promise<Round> {
  const { singles, alone, arrays } = payloads;
  const bareSinglesMs = await timed(() => bare.deliver(singles, AT_ONCE));
  const singlesMs = await timed(() => sendAll(singles, AT_ONCE, run.deliver));
  const bareArrays = arrays();
  const bareArraysMs = await timed(() => bare.deliver(bareArrays, ARRAYS));
  const bulkArrays = arrays();
  const bulk = await usedBy(run, ARRAYS * ARRAY, () => sendAll(bulkArrays, ARRAYS, run.deliver));
  const single = await usedBy(run, alone.length, () => sendAll(alone, 1, run.deliver));
  return { bareSinglesMs, bareArraysMs, singlesMs, bulk, single };
}

async function usedBy(run: BenchRun, conversations: number, deliver: () => Promise<void>): Promise<Used> {
  const [intake, mapper] = await Promise.all([cpuOf(run, 'Intake'), cpuOf(run, 'Mapper')]);
  const logBytes = run.ends.logBytes();
  const milliseconds = await timed(deliver);
  const [intakeAfter, mapperAfter] = await Promise.all([cpuOf(run, 'Intake'), cpuOf(run, 'Mapper')]);
  return {
    mapperMs: (1_000 * (mapperAfter - mapper)) / conversations,
    intakeMs: (1_000 * (intakeAfter - intake)) / conversations,
    logBytes: (run.ends.logBytes() - logBytes) / conversations,
    milliseconds,
  };
}

async function cpuOf({ local }: BenchRun, name: 'Intake' | 'Mapper'): Promise<number> {
  return cpuSeconds(await functionPids(local.awsEndpoint, name));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
