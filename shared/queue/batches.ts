import { SQS_MAX_BYTES } from './envelope.ts';

/** An entry for SQS: the body of a record, and the group that a fair queue counts it for. */
export type QueueEntry = { group: string; body: string };

/** An entry with its id in SQS's response, distinct within a call. */
export type BatchEntry = QueueEntry & { id: string };

/** SQS's limit of entries in one SendMessageBatch. */
const MAX_ENTRIES = 10;

/** Packs entries, in their order, into as few batches as SQS's two limits allow. */
export function batchesOf(entries: readonly QueueEntry[]): BatchEntry[][] {
  const batches: BatchEntry[][] = [];
  let batch: BatchEntry[] = [];
  let bytes = 0;
  for (const [index, { group, body }] of entries.entries()) {
    const entry = { id: String(index), group, body };
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

/** Bytes of UTF-8 of an entry. Includes id and group, to be safe. */
export function entryBytes({ id, group, body }: BatchEntry): number {
  return Buffer.byteLength(body) + Buffer.byteLength(group) + id.length;
}
