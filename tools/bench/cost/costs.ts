import { mappersAtOnce } from '../../../infra/limits.ts';
import { median } from '../measure.ts';
import type { Latency } from '../parts/latency.ts';
import type { Work } from '../parts/work.ts';
import { type Cost, costOf, sumOf } from './model.ts';

export type Costs = Record<'bulk' | 'alone', { cost: Cost; dollars: number }>;

/** Memory of intake and mapper in the stack, in GB. */
const GIGABYTES = 1;

/** Time that intake waits for SQS in a call. */
const QUEUE_SECONDS = 0.02;

const PER_CALL = 100;
const PER_BATCH = 40;

/** The cost of a million conversations, sent in calls of 100 or each by itself, at the default budget of one Lime. */
export function costsOf(work: Work, latency: Latency): Costs {
  const shared = { bytes: work.bytes, intakeGigabytes: GIGABYTES, mapperGigabytes: GIGABYTES };
  const { intakeCpuBulk = 0, intakeCpuSingle = 0 } = work.measured;
  const { requestsInBulk = 0, requestsAlone = 0 } = latency.measured;
  const bulk = costOf({
    ...shared,
    perCall: PER_CALL,
    perBatch: PER_BATCH,
    intakeSeconds: intakeCpuBulk / 1_000 + QUEUE_SECONDS / PER_CALL,
    // Every mapper of the lane is busy while the call waits for the budget.
    mapperSeconds: latency.secondsInBulk * mappersAtOnce.bulk,
    limeRequests: requestsInBulk,
    logBytes: work.logBytes.bulk,
  });
  const alone = costOf({
    ...shared,
    perCall: 1,
    perBatch: 1,
    intakeSeconds: intakeCpuSingle / 1_000 + QUEUE_SECONDS,
    mapperSeconds: median(latency.alone),
    limeRequests: requestsAlone,
    logBytes: work.logBytes.single,
  });
  return { bulk: { cost: bulk, dollars: sumOf(bulk) }, alone: { cost: alone, dollars: sumOf(alone) } };
}
