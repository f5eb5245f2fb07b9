import type { Starts } from '../../ledger/starts.ts';
import type { Parking } from '../job.ts';
import { type Received, receivesOf } from '../record.ts';
import { largestTogether } from './sharing.ts';

/** Receives after which it is counted how often a record is started; what is delivered alone counts from the first. */
const unsuspected = 3;

/**
 * Starts without an end after which a record is not started again. A large one has probably ended its mappers itself; a
 * small one may have been beside others each time, or in the way of a deployment.
 */
const mostStarts = ({ bytes }: Received): number => (bytes > largestTogether ? 2 : 6);

/** The reason of a record that is not started again. */
export const endsMapper = (received: Received): Parking => ({
  reason: `${mostStarts(received)} mappers ended over it without an outcome`,
  step: 'start',
});

/** What is to be done with a record whose turn has come. */
export type Turn = 'start' | 'alone' | 'park';

/**
 * Whether a record may be started, and beside others. Mappers that run out of time or memory tell nobody, so starts
 * are counted; `ended` takes back the count of one that was counted.
 */
export function createStarting(starts: Starts) {
  const counted = new Set<Received>();
  const keyOf = ({ record, ids }: Received) => ({ organization: ids.organization, record: record.messageId });
  return {
    start: async (received: Received, isAlone: boolean): Promise<Turn> => {
      if (!isAlone && receivesOf(received.record) <= unsuspected) return 'start';
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
