import type { Bridge } from '../aws/open.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { type RecordSelector, withRecords } from './find.ts';
import { listWithLedger } from './list.ts';
import type { FailedRecord } from './record.ts';
import { countOf, nameOf, tableOf } from './text.ts';

export type DropOptions = {
  /** A record, or all records of a conversation. */
  id: string | undefined;
  organization?: string | undefined;
  /** Every record whose version Lime has by now. */
  delivered?: boolean | undefined;
  yes?: boolean | undefined;
};

/** Deletes records. Unless Lime has their version, they are the only copy outside Userlike. */
export async function drop(
  openBridge: () => Promise<Pick<Bridge, 'deadLetters' | 'readLedgers'>>,
  io: Io,
  { id, organization, delivered = false, yes = false }: DropOptions,
): Promise<number> {
  if (delivered === (id !== undefined)) throw new UsageError('failed drop: give either an id or --delivered');
  if (id === undefined) return dropDelivered(await openBridge(), io, { organization, yes });
  if (!yes) throw new UsageError('failed drop deletes a conversation for good; confirm with --yes');
  const { deadLetters } = await openBridge();
  for (const dropped of await dropAll(deadLetters, { id, organization }, io.signal))
    io.out(`dropped ${nameOf(dropped)}`);
  return 0;
}

/** Without `yes` it only shows the records. */
async function dropDelivered(
  bridge: Pick<Bridge, 'deadLetters' | 'readLedgers'>,
  io: Io,
  { organization, yes }: { organization: string | undefined; yes: boolean },
): Promise<number> {
  const all = await listWithLedger(bridge, { organization }, io.signal);
  const records = all.filter(({ deliveredSince }) => deliveredSince);
  if (!yes) {
    if (records.length > 0) io.out(`${tableOf(records, io.now())}\n`);
    io.out(`would drop ${countOf(records)}; confirm with --yes`);
    return 0;
  }
  const ids = new Set(records.map(({ id }) => id));
  if (ids.size > 0) {
    await bridge.deadLetters.walk(async ({ record, remove }) => {
      if (!ids.delete(record.id)) return 'next';
      await remove();
      return ids.size === 0 ? 'stop' : 'next';
    }, io.signal);
  }
  io.out(`dropped ${records.length - ids.size} of ${countOf(records)}`);
  return ids.size > 0 ? 1 : 0;
}

function dropAll(
  deadLetters: Bridge['deadLetters'],
  selector: RecordSelector,
  signal: AbortSignal,
): Promise<FailedRecord[]> {
  return withRecords(
    deadLetters,
    selector,
    async ({ record, remove }) => {
      await remove();
      return record;
    },
    signal,
  );
}
