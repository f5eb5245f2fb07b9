import { SQS_MAX_BYTES } from './envelope.ts';

/** What is sent to SQS: the body of a record, and the organization that it is counted for in a fair queue. */
export type QueueEntry = { organization: string; body: string };

/** An entry with the id under which SQS reports what became of it; distinct within a call. */
export type BatchEntry = QueueEntry & { id: string };

/** SQS's limit of entries in one SendMessageBatch. */
const MAX_ENTRIES = 10;

/** Packs entries, in their order, into as few batches as SQS's two limits allow. */
export function batchesOf(entries: readonly QueueEntry[]): BatchEntry[][] {
  const batches: BatchEntry[][] = [];
  let batch: BatchEntry[] = [];
  let bytes = 0;
  for (const [index, { organization, body }] of entries.entries()) {
    const entry = { id: String(index), organization, body };
    const size = entryBytes(entry);
    if (batch.length > 0 && (batch.length === MAX_ENTRIES || bytes + size > SQS_MAX_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

/** Bytes of UTF-8 that an entry counts for. Its id and group count too, to stay on the safe side of the limit. */
export function entryBytes({ id, organization, body }: BatchEntry): number {
  return Buffer.byteLength(body) + Buffer.byteLength(organization) + id.length;
}
