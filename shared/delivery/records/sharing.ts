import type { Received } from '../record.ts';

/** Decoded bytes of a record that is delivered beside others: a long chat has a tenth. */
export const largestTogether = 262_144;

/** Decoded bytes of all that are in memory at once; objects take some twenty times as much. */
const mostTogether = 8_388_608;

/**
 * Which records of a batch share their look-ups and are in memory at once, and which are delivered after them, one at
 * a time: what is large cannot keep the others from being delivered. Those alone take turns by organization.
 */
export function sharingOf(records: readonly Received[]): { together: Received[]; alone: Received[] } {
  let left = mostTogether;
  const [together, alone]: [Received[], Received[]] = [[], []];
  for (const received of records) {
    const fits = received.bytes <= Math.min(largestTogether, left);
    if (fits) left -= received.bytes;
    (fits ? together : alone).push(received);
  }
  return { together, alone: inTurns(alone) };
}

/** The smallest of each organization, then the next of each. */
export function inTurns(records: readonly Received[]): Received[] {
  const bySize = records.toSorted((one, other) => one.bytes - other.bytes);
  const turns = [...Map.groupBy(bySize, ({ ids }) => ids.organization).values()].flatMap((own) =>
    own.map((received, turn) => ({ received, turn })),
  );
  return turns.toSorted((one, other) => one.turn - other.turn).map(({ received }) => received);
}
