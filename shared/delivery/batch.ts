import type { SQSRecord } from 'aws-lambda';
import { deliverGroup } from './group.ts';
import type { MapperDeps } from './mapper-deps.ts';
import { MAX_SHARED_RECORD_BYTES, openRecord, type Received } from './record.ts';
import { createRecordOutcomes } from './record-outcomes.ts';

/** Time reserved for the records that are delivered after the others. */
const TIME_FOR_ALONE_MS = 5_000;

/** Decoded bytes of all records in memory. Their objects take about twenty times as much. */
const MAX_SHARED_BYTES = 8_388_608;

/**
 * Delivers a batch of records and returns the ids of those to retry. A record is acknowledged only after Lime has
 * confirmed its conversation, or the DLQ holds it. Records that fit into memory together are delivered by organization,
 * then the others one at a time. Records that are not started in time are returned. An overload returns the rest of the
 * organization's records, an open circuit all of them.
 * @param remaining milliseconds of the invocation
 */
export async function deliverBatch(
  records: readonly SQSRecord[],
  deps: MapperDeps,
  remaining: () => number,
): Promise<string[]> {
  const outcomes = createRecordOutcomes(deps, remaining);
  const received: Received[] = [];
  for (const record of records) {
    const opened = openRecord(record);
    if ('bytes' in opened) received.push(opened);
    else await outcomes.parkUntried(opened).catch((error: unknown) => outcomes.fault(error, record, opened.ids));
  }

  const { together, alone } = splitByMemory(received);
  const untilAlone = () => remaining() - (alone.length > 0 ? TIME_FOR_ALONE_MS : 0);
  const groups = [...Map.groupBy(together, ({ ids }) => ids.organization)];
  const setAside = await Promise.all(
    groups.map(([organization, group]) =>
      deliverGroup({ organization, received: group, isAlone: false }, deps, outcomes, untilAlone),
    ),
  );
  for (const one of roundRobin([...setAside.flat(), ...alone])) {
    const { organization } = one.ids;
    await deliverGroup({ organization, received: [one], isAlone: true }, deps, outcomes, remaining);
  }
  return outcomes.failed;
}

/**
 * Splits a batch into records that share lookups and memory, and large records that are delivered after them, one at a
 * time. Large records then cannot delay the others.
 */
export function splitByMemory(records: readonly Received[]): { together: Received[]; alone: Received[] } {
  let left = MAX_SHARED_BYTES;
  const [together, alone]: [Received[], Received[]] = [[], []];
  for (const received of records) {
    const fits = received.bytes <= Math.min(MAX_SHARED_RECORD_BYTES, left);
    if (fits) left -= received.bytes;
    (fits ? together : alone).push(received);
  }
  return { together, alone: roundRobin(alone) };
}

/** The smallest record of each organization, then the next of each. */
export function roundRobin(records: readonly Received[]): Received[] {
  const bySize = records.toSorted((one, other) => one.bytes - other.bytes);
  const turns = [...Map.groupBy(bySize, ({ ids }) => ids.organization).values()].flatMap((own) =>
    own.map((received, turn) => ({ received, turn })),
  );
  return turns.toSorted((one, other) => one.turn - other.turn).map(({ received }) => received);
}
