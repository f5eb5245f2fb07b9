import type { Emit } from '../emit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Starts } from '../ledger/starts.ts';
import type { CircuitBreaker } from '../lime/pipeline/circuit-breaker.ts';
import type { OpenTenant } from '../lime/tenants.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { LimitConcurrency } from '../media/limit-concurrency.ts';
import type { Lane } from '../queue/lane.ts';
import type { ParkRecord, ReturnRecord } from '../queue/sqs.ts';

/** The dependencies of a mapper. Those of a container are the same for every batch, except for the lane's. */
export type MapperDeps = {
  /** The lane of the batch. */
  lane: Lane;
  openTenant: OpenTenant;
  /** The circuit breaker that the tenants use. */
  circuitBreaker: Pick<CircuitBreaker, 'reason' | 'delaySeconds'>;
  settingsFor: (organization: string) => Settings;
  ledger: Ledger & Starts;
  fetchMedia: FetchMedia;
  /** Runs a task that holds a file in memory. */
  limitConcurrency: LimitConcurrency;
  /** Returns a record to the queue of its lane. */
  returnRecord: ReturnRecord;
  parkRecord: ParkRecord;
  log: Log;
  emit: Emit;
  /** Conversations of one organization that are delivered at once. */
  concurrency: number;
  maxReceives: number;
  /** Seconds until the next try after so many receives, given the time that Lime asked for. */
  delaySeconds: (receiveCount: number, retryAfterSeconds: number | undefined) => number;
  now: () => number;
};
