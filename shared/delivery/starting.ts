import type { Starts } from '../ledger/starts.ts';
import { MAX_SHARED_RECORD_BYTES, type Received, receivesOf } from './record.ts';
import type { Parking } from './settlement.ts';

/** Receives after which starts are counted. A record that is delivered alone counts from the first. */
const UNCOUNTED_RECEIVES = 3;

/** Whether to start a record now. */
export type Start = 'start' | 'alone' | 'park';

/**
 * Decides if a record may be started, and if next to others. Starts are counted, because a mapper that runs out of time
 * or memory reports nothing. `ended` removes the count.
 */
export function createStarting(starts: Starts) {
  const counted = new Set<Received>();
  const keyOf = ({ record, ids }: Received) => ({ organization: ids.organization, record: record.messageId });
  return {
    start: async (received: Received, isAlone: boolean): Promise<Start> => {
      if (!isAlone && receivesOf(received.record) <= UNCOUNTED_RECEIVES) return 'start';
      if (!isAlone && (await starts.startsOf(keyOf(received))) > 0) return 'alone';
      const before = await starts.start(keyOf(received));
      counted.add(received);
      return before >= mostStarts(received) ? 'park' : 'start';
    },
    ended: async (received: Received): Promise<void> => {
      if (counted.delete(received)) await starts.end(keyOf(received));
    },
  };
}

/** The reason why a record is not started again. */
export function parkingForCrashes(received: Received): Parking {
  return { reason: `${mostStarts(received)} mappers ended over it without an outcome`, step: 'start' };
}

/**
 * Unfinished starts after which a record is not started again. A large record probably ended its mappers itself. A
 * small one may have been interrupted by other records or by deployments.
 */
function mostStarts({ bytes }: Received): number {
  return bytes > MAX_SHARED_RECORD_BYTES ? 2 : 6;
}
