import { sqsMaxBytes } from './envelope.ts';

/** What is sent to SQS: the body of a record, and the organization that it is counted for in a fair queue. */
export type QueueEntry = { organization: string; body: string };

/** An entry with the id under which SQS reports what became of it; distinct within a call. */
export type BatchEntry = QueueEntry & { id: string };

/** SQS's limit of entries in one SendMessageBatch. */
const maxEntries = 10;

/** Bytes of UTF-8 that an entry counts for; its id and group are counted too, to stay on the safe side of the limit. */
export const entryBytes = ({ id, organization, body }: BatchEntry): number =>
  Buffer.byteLength(body) + Buffer.byteLength(organization) + id.length;

/** Packs entries, in their order, into as few batches as SQS's two limits allow. */
export const batchesOf = (entries: readonly QueueEntry[]): BatchEntry[][] => {
  const batches: BatchEntry[][] = [];
  let batch: BatchEntry[] = [];
  let bytes = 0;
  for (const [index, { organization, body }] of entries.entries()) {
    const entry = { id: String(index), organization, body };
    const size = entryBytes(entry);
    if (batch.length > 0 && (batch.length === maxEntries || bytes + size > sqsMaxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
};
