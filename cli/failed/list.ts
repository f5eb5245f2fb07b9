import type { Records } from '../aws/records.ts';
import { InterruptedError } from '../errors.ts';
import type { Io } from '../io.ts';
import { renderJson } from '../table.ts';
import { type Filter, matches } from './filter.ts';
import type { FailedRecord } from './record.ts';
import { countOf, jsonOf, tableOf } from './text.ts';

/** The records of the DLQ that the filter selects, oldest first. Leaves the DLQ as it is. */
export async function listFailed(deadLetters: Records, filter: Filter, signal: AbortSignal): Promise<FailedRecord[]> {
  const records: FailedRecord[] = [];
  await deadLetters.walk(({ record }) => {
    if (matches(record, filter)) records.push(record);
    return 'next';
  }, signal);
  if (signal.aborted) throw new InterruptedError();
  return records.sort((one, other) => one.sentAt - other.sentAt);
}

/** Prints the selected records. */
export async function list(
  deadLetters: Records,
  io: Io,
  { json, ...filter }: Filter & { json?: boolean | undefined },
): Promise<number> {
  const records = await listFailed(deadLetters, filter, io.signal);
  const now = io.now();
  if (json) {
    io.out(renderJson(records.map((record) => jsonOf(record, now))));
  } else {
    if (records.length > 0) io.out(`${tableOf(records, now)}\n`);
    io.out(countOf(records));
  }
  return 0;
}
