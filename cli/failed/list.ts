import type { Bridge } from '../aws/open.ts';
import type { Records } from '../aws/records.ts';
import { InterruptedError } from '../errors.ts';
import type { Io } from '../io.ts';
import { count, renderJson } from '../table.ts';
import { isDeliveredSince, type Version, versionOf } from './delivered.ts';
import { type Filter, matches } from './filter.ts';
import type { FailedRecord } from './record.ts';
import { countOf, jsonOf, tableOf } from './text.ts';

/** A record, and if Lime has its version by now. */
export type ListedRecord = FailedRecord & { deliveredSince: boolean };

/** The records of the DLQ that the filter selects, oldest first. Leaves the DLQ as it is. */
export async function listFailed(deadLetters: Records, filter: Filter, signal: AbortSignal): Promise<FailedRecord[]> {
  return (await walkFailed(deadLetters, filter, signal)).map(({ record }) => record);
}

/** The same, with what the ledger says of their conversations. */
export async function listWithLedger(
  { deadLetters, readLedgers }: Pick<Bridge, 'deadLetters' | 'readLedgers'>,
  filter: Filter,
  signal: AbortSignal,
): Promise<ListedRecord[]> {
  const found = await walkFailed(deadLetters, filter, signal, versionOf);
  const keys = new Map(
    found.flatMap(({ record: { organization, conversation } }) =>
      organization === undefined || conversation === undefined
        ? []
        : [[`${organization}#${conversation}`, { organization, conversation }] as const],
    ),
  );
  const entries = await readLedgers([...keys.values()]);
  return found.map(({ record, version }) => ({
    ...record,
    deliveredSince: isDeliveredSince(record, version, entries.get(`${record.organization}#${record.conversation}`)),
  }));
}

async function walkFailed(
  deadLetters: Records,
  filter: Filter,
  signal: AbortSignal,
  read: (body: string) => Version | undefined = () => undefined,
): Promise<{ record: FailedRecord; version: Version | undefined }[]> {
  const found: { record: FailedRecord; version: Version | undefined }[] = [];
  await deadLetters.walk(({ record, body }) => {
    if (matches(record, filter)) found.push({ record, version: read(body) });
    return 'next';
  }, signal);
  if (signal.aborted) throw new InterruptedError();
  return found.sort((one, other) => one.record.sentAt - other.record.sentAt);
}

/** Prints the selected records, those of one conversation together. */
export async function list(
  bridge: Pick<Bridge, 'deadLetters' | 'readLedgers'>,
  io: Io,
  { json, ...filter }: Filter & { json?: boolean | undefined },
): Promise<number> {
  const records = byConversation(await listWithLedger(bridge, filter, io.signal));
  const now = io.now();
  if (json) {
    io.out(renderJson(records.map((record) => jsonOf(record, now))));
    return 0;
  }
  if (records.length > 0) io.out(`${tableOf(records, now)}\n`);
  const conversations = new Set(records.map(keyOf)).size;
  io.out(
    conversations === records.length
      ? countOf(records)
      : `${countOf(records)} of ${count(conversations, 'conversation')}`,
  );
  const delivered = records.filter(({ deliveredSince }) => deliveredSince).length;
  if (delivered > 0) io.out(`${delivered} delivered since: drop with "failed drop --delivered --yes"`);
  return 0;
}

/** The oldest conversation first, with all its versions. */
function byConversation(records: readonly ListedRecord[]): ListedRecord[] {
  return [...Map.groupBy(records, keyOf).values()].flat();
}

function keyOf({ id, organization, conversation }: FailedRecord): string {
  return conversation === undefined ? id : `${organization}#${conversation}`;
}
