import type { Records } from '../aws/records.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { withRecord } from './find.ts';
import { nameOf } from './text.ts';

/** Deletes one record. It is the only copy of its conversation outside Userlike. */
export async function drop(
  openDeadLetters: () => Promise<Records>,
  io: Io,
  { id, yes }: { id: string; yes?: boolean | undefined },
): Promise<number> {
  if (!yes) throw new UsageError('failed drop deletes a conversation for good; confirm with --yes');
  const dropped = await withRecord(
    await openDeadLetters(),
    id,
    async ({ record, remove }) => {
      await remove();
      return record;
    },
    io.signal,
  );
  io.out(`dropped ${nameOf(dropped)}`);
  return 0;
}
