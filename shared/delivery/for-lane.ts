import type { SQSRecord } from 'aws-lambda';
import { type Lane, laneOfQueue } from '../queue/lane.ts';
import type { ReturnRecord } from '../queue/sqs.ts';
import type { MapperDeps } from './mapper-deps.ts';

/** The dependencies of a container, for both lanes. */
export type ContainerDeps = Omit<MapperDeps, 'lane' | 'returnRecord'> & {
  /** Returns a record to the queue of a lane. */
  returnRecord: Record<Lane, ReturnRecord>;
  interactiveQueueUrl: string;
};

/** The dependencies for a batch. All of its records come from one queue and return to it. */
export function forLane(
  [first]: readonly SQSRecord[],
  { returnRecord, interactiveQueueUrl, ...deps }: ContainerDeps,
): MapperDeps {
  const lane = laneOfQueue(first?.eventSourceARN ?? '', interactiveQueueUrl);
  return { ...deps, lane, returnRecord: returnRecord[lane] };
}
